import assert from "node:assert/strict";
import { assess } from "../../../src/evidence/assess.js";
import type { VerificationRecord } from "../../../src/evidence/record.js";
import { heading, list, paragraph, table } from "../../../src/evidence/report/blocks.js";
import { controlStatus } from "../../../src/evidence/report/statusInWords.js";
import { evidenceOfAws, heldRecord, now, signed, withFinding } from "./heldRecord.js";
import { report, under } from "./smallReport.js";

describe("the report's part of controls", () => {
  it("have every control with what it answers, its checks and what remains", () => {
    const status = ["Status", "Designed", "Verified", "Owner", "Answers"];
    const theirs = "weakened by choice";
    assert.deepEqual(under(report(), "Controls").slice(0, 20), [
      heading(3, "First (first)"),
      table(status, [
        [
          "designed; nothing verified",
          "yes",
          "nothing: 0 of 4 checks",
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
      table(status, [[theirs, theirs, "nothing: 0 of 1 checks", "this library, your organisation", ""]]),
      paragraph("Demanded: Be strong."),
      list(["It is weak."]),
      list(["Check, by a person: somebody looks."]),
      paragraph("What remains: Second remains."),
      paragraph("What to do about it: Second helps."),
      heading(3, "Third (third)"),
      table(status, [["not applicable", "not applicable", "nothing: 0 of 0 checks", "AWS", "NIST SP 800-53 SC-7(5)"]]),
      paragraph("Demanded: Be."),
      list(["It need not."]),
      list([]),
      paragraph("What remains: Third remains."),
    ]);
  });
});

describe("the columns of a control's status", () => {
  const evidence = evidenceOfAws();
  const row = (id: string, ...records: readonly VerificationRecord[]): string[] => {
    const verifications = records.map((record) => signed(record));
    const found = assess(evidence, { date: now, verifications }).controls.find((control) => control.id === id);
    assert.ok(found);
    return controlStatus(found);
  };
  const [cache, client, aws] = (["cache", "client", "aws"] as const).map((target) => heldRecord(evidence, target));
  assert.ok(cache && client && aws);

  for (const [what, id, records, expected] of [
    ["nobody has looked at", "tls", [], ["designed; nothing verified", "yes", "nothing: 0 of 3 checks"]],
    [
      "was seen on all hosts",
      "tls",
      [cache, client],
      ["met", "yes", "2026-11-20: 3 of 3 checks, on the app host of web, sessions-0"],
    ],
    [
      "was seen on one host",
      "tls",
      [cache],
      ["partly met", "yes", "2026-11-20: 1 of 3 checks, on sessions-0; not looked at: the app host of web"],
    ],
    [
      "does not hold",
      "tls",
      [withFinding(cache, "tls", "Redis has no network", "lo eth0")],
      [
        "not met",
        "yes",
        "Not so on sessions-0, 2026-11-20: Redis has no network (found: lo eth0). 2026-11-20: 0 of 3 checks, on sessions-0; not looked at: the app host of web",
      ],
    ],
    [
      "is the organisation's",
      "emergency-access",
      [aws],
      [
        "for your organisation to do",
        "for your organisation to do",
        "2026-11-20: 1 of 2 checks, on AWS; not looked at: your organisation",
      ],
    ],
  ] as const) {
    it(`tell of one that ${what} what may be said, what is planned, and what was seen`, () => {
      assert.deepEqual(row(id, ...records), expected);
    });
  }

  it("tell each host's findings of a day together", () => {
    const twice = withFinding(
      withFinding(client, "tls", "sessions-0 speaks TLS 1.3"),
      "tls",
      "sessions-0 refuses TLS 1.2",
      "z",
    );
    const [, , verified = ""] = row("tls", twice, withFinding(cache, "tls", "Redis has no network"));
    assert.equal(
      verified,
      "Not so on the app host of web, 2026-11-20: sessions-0 speaks TLS 1.3 (found: y); sessions-0 refuses TLS 1.2 (found: z). Not so on sessions-0, 2026-11-20: Redis has no network (found: y). 2026-11-20: 0 of 3 checks, on the app host of web, sessions-0",
    );
  });

  it("say so where nothing was found at all", () => {
    const [, , verified = ""] = row("tls", withFinding(cache, "tls", "Redis has no network", ""));
    assert.match(verified, /Redis has no network \(found: nothing\)/);
  });
});
