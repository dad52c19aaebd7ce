import assert from "node:assert/strict";
import { assess } from "../../../src/evidence/assess.js";
import type { VerificationRecord } from "../../../src/evidence/record.js";
import { controlStatus } from "../../../src/evidence/report/statusInWords.js";
import { evidenceOfAws, heldRecord, now, signed, withFinding } from "./heldRecord.js";
import { smallAssessment } from "./smallAssessment.js";
import { annexOf, heading, list, paragraph, report, reportOf, table, under } from "./smallReport.js";

describe("the report's part of controls", () => {
  it("has every control with its status, what it answers, what is demanded, how it is met, and its risk by number", () => {
    const [intro, ...rest] = under(report(), "Controls");
    assert.deepEqual(
      intro,
      paragraph(
        "Each risk has a number, by which it is accepted below. The commands by which each control is checked, with what they must print, are in the annex.",
      ),
    );
    assert.deepEqual(rest.slice(0, 18), [
      heading(3, "First"),
      paragraph(
        "designed; nothing verified. Designed: yes. Verified: nothing: 0 of 4 checks (how). Owner: this library, AWS. 45 CFR 164.312(b), 164.312(d).",
      ),
      paragraph("Demanded: Be first."),
      list(["It is First.", "And <second>."]),
      paragraph("Risk R6: First remains."),
      paragraph("What to do: First helps."),
      heading(3, "Second"),
      paragraph(
        "weakened by choice. Designed: weakened by choice. Verified: nothing: 0 of 1 checks (how). Owner: this library, your organisation.",
      ),
      paragraph("Demanded: Be strong."),
      list(["It is weak."]),
      paragraph("Risk R7: Second remains."),
      paragraph("What to do: Second helps."),
      heading(3, "Third"),
      paragraph("not applicable. Designed: not applicable. Verified: nothing: 0 of 0 checks (how). Owner: AWS."),
      paragraph("Demanded: Be."),
      list(["It need not."]),
      paragraph("Risk R8: Third remains."),
      paragraph("What to do: Third helps."),
    ]);
  });

  it("has findings in their own words", () => {
    const evidence = evidenceOfAws();
    const record = withFinding(heldRecord(evidence, "cache"), "tls", "Redis has no network", "lo `x` eth0");
    const blocks = under(
      reportOf(assess(evidence, { date: now, verifications: [signed(record)] })),
      "Encryption in transit",
    );
    assert.deepEqual(
      blocks[1],
      paragraph("Not so on sessions-0, 2026-11-20: Redis has no network (found: lo `x` eth0)."),
    );
  });

  it("has commands and expressions in the annex alone, with what else each control answers", () => {
    const head = ["Where", "What it shows", "Command", "What it must print"];
    assert.deepEqual(under(annexOf(smallAssessment()), "How each control is checked").slice(1, 8), [
      heading(3, "First (first)"),
      paragraph("45 CFR 164.312(b); 45 CFR 164.312(d); NIST SP 800-53 AC-2, AC-3; proposed 164.312(i)"),
      table(head, [
        ["on the node", "it is", "`cat a|b`", "`^a|b$`"],
        ["on the node and the app host", "it fails", "`false`", "the command fails"],
        ["in AWS", "AWS has none", "`aws none`", "nothing"],
      ]),
      heading(3, "Second (second)"),
      table(head, [["by a person", "somebody looks", "none: somebody looks, and attests it", ""]]),
      heading(3, "Third (third)"),
      paragraph("NIST SP 800-53 SC-7(5)"),
    ]);
    assert.ok(!JSON.stringify(report()).includes("cat a|b"));
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
