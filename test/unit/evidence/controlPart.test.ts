import assert from "node:assert/strict";
import { heading, list, paragraph, table } from "../../../src/evidence/report/blocks.js";
import { report, under } from "./smallReport.js";

describe("the report's part of controls", () => {
  it("have every control with what it answers, its checks and what remains", () => {
    const status = ["Status", "Owner", "Answers"];
    assert.deepEqual(under(report(), "Controls").slice(0, 20), [
      heading(3, "First (first)"),
      table(status, [
        [
          "met",
          "this library, AWS",
          "45 CFR 164.312(b); 45 CFR 164.312(d); NIST SP 800-53 AC-2, AC-3; proposed 164.312(i)",
        ],
      ]),
      paragraph("Demanded: Be first."),
      list(["It is `first`.", "And <second>."]),
      list([
        "Check, on the node: it is. `cat a|b` prints `^a|b$`.",
        "Check, on the node and the app host: it fails. `false` the command fails.",
        "Check, in AWS: AWS has none. `aws none` prints nothing.",
      ]),
      paragraph("What remains: First remains."),
      paragraph("What to do about it: First helps."),
      heading(3, "Second (second)"),
      table(status, [["weakened by choice", "this library, your organisation", ""]]),
      paragraph("Demanded: Be strong."),
      list(["It is weak."]),
      list(["Check, by a person: somebody looks."]),
      paragraph("What remains: Second remains."),
      paragraph("What to do about it: Second helps."),
      heading(3, "Third (third)"),
      table(status, [["not applicable", "AWS", "NIST SP 800-53 SC-7(5)"]]),
      paragraph("Demanded: Be."),
      list(["It need not."]),
      list([]),
      paragraph("What remains: Third remains."),
    ]);
  });
});
