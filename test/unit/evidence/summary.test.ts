import assert from "node:assert/strict";
import { list, paragraph, table, type Block } from "../../../src/evidence/report/blocks.js";
import { summary } from "../../../src/evidence/report/summary.js";
import type { JudgedRecord } from "../../../src/evidence/report/verificationSummary.js";
import type { CacheArguments } from "../../../src/arguments/cacheArguments.js";
import { smallAssessment, smallControls } from "./smallAssessment.js";

const date = new Date("2026-11-22T01:02:03Z");

function page(change: Partial<CacheArguments> = {}, verifications: readonly JudgedRecord[] = []): Block[] {
  return summary(smallAssessment(change), date, verifications);
}

/** The lines of the list that says what protects the cache. */
function statements(change: Partial<CacheArguments>): readonly string[] {
  const [first] = page(change).flatMap((block) => (block.kind === "list" ? [block.items] : []));
  return first ?? [];
}

function verified(...verifications: readonly Partial<JudgedRecord>[]): string | undefined {
  const one = {
    date: "2026-11-20T00:00:00.000Z",
    cache: "sessions",
    evidenceSha256: "0",
    judgedBy: "this",
    target: "cache",
    host: "i-0a",
    place: "",
    findings: [],
  } as const;
  const about = page(
    {},
    verifications.map((change) => ({ ...one, ...change })),
  )[1];
  return about?.kind === "table" ? about.rows.find(([what]) => what === "Verified")?.[1] : undefined;
}

describe("a report's first page", () => {
  it("asks the organisation to approve what is done instead of a specification", () => {
    const [first] = smallControls;
    assert.ok(first !== undefined);
    const controls = [{ ...first, status: "alternative" as const }, ...smallControls.slice(1)];
    const blocks = summary({ ...smallAssessment(), controls }, date, []);
    const lists = blocks.flatMap((block) => (block.kind === "list" ? [block.items] : []));
    assert.equal(lists.at(-1)?.[0], "First: approve what is done instead, and document why (first).");
    assert.match(JSON.stringify(blocks), /your organisation has to approve: 1\./);
  });

  it("says what is covered, by whom and when, and counts controls by their status", () => {
    const { libraryVersion } = smallAssessment().evidence;
    const blocks = page().filter(({ kind }) => kind !== "map");
    assert.deepEqual(blocks, [
      { kind: "heading", level: 1, text: "Security of the Redis cache “sessions”" },
      table(
        ["About this report", ""],
        [
          [
            "What it covers",
            "The cache sessions in AWS region us-east-1, VPC vpc-0123456789abcdef0: 1 node, its network, credentials and hosts' settings",
          ],
          [
            "What it does not",
            "The applications that use it, their hosts' other software, the organisation's own procedures",
          ],
          ["Written", "2026-11-22 01:02 UTC"],
          ["Made by", `pulumi-hipaa-redis ${libraryVersion}, from what was deployed`],
          ["Verified", "not on a running host, when this was written"],
          ["Signed", "____________________   on ____________"],
        ],
      ),
      { kind: "heading", level: 2, text: "Summary" },
      paragraph(
        "A cache keeps copies of data in memory, so that an application doesn't have to ask its database each time. These copies may be patient data (PHI), so the HIPAA Security Rule applies. This report says, point by point, what protects them here, who is responsible for it, and what risk is left.",
      ),
      paragraph(
        "Controls: 5. Met: 1. Weakened by your organisation's choice: 1. Met in another way, which your organisation has to approve: 0. Not applicable, for a stated reason: 1. For your organisation to do, because software can't: 2.",
      ),
      list([
        "Who can reach it: application hosts reach Redis through the tunnel (10.0.16.0/20); operators sign in from the bastion hosts (10.0.0.0/28). Nobody else, and nobody from the internet.",
        "Applications that may use it: web, each with a certificate and a password of its own. What they send is encrypted (TLS 1.3), and both ends prove who they are.",
        "People who may sign in to it: ada, each with a key of their own; what they do is recorded, and idle sessions end after 15 minutes.",
        "Patient data is never written to a disk; the disks are encrypted anyway.",
        "Hardware: no other AWS customer uses it.",
        "Deviations from the safe defaults: none.",
      ]),
      paragraph("For your organisation to do:"),
      list(["The fourth: do the fourth.", "The fifth: do the fifth."]),
      { kind: "page" },
    ]);
  });

  it("says what is otherwise in a cache that was made otherwise", () => {
    const before = statements({});
    const after = statements({
      operators: [],
      clients: ["web", "worker"],
      appCidrBlocks: ["10.0.16.0/20", "10.0.32.0/20"],
      allowSharedTenancy: true,
      allowScripting: true,
    });
    assert.deepEqual(
      after.filter((line) => !before.includes(line)),
      [
        "Who can reach it: application hosts reach Redis through the tunnel (10.0.16.0/20, 10.0.32.0/20). Nobody else, and nobody from the internet.",
        "Applications that may use it: web, worker, each with a certificate and a password of its own. What they send is encrypted (TLS 1.3), and both ends prove who they are.",
        "People who may sign in to it: none.",
        "Hardware: shared with other AWS customers.",
        "Deviations from the safe defaults: `allowSharedTenancy`, `allowScripting`. Each is explained below.",
      ],
    );
  });

  it("says when somebody looked last, and how many different controls did not hold", () => {
    assert.equal(verified({}), "on the running system, last on 2026-11-20: no findings");
    assert.equal(
      verified(
        { findings: ["tls", "wall"] },
        { date: "2026-11-21T00:00:00Z", findings: ["tls"] },
        { date: "2026-11-19T00:00:00Z" },
      ),
      "on the running system, last on 2026-11-21: 2 findings, below",
    );
  });

  it("says how many of the records were judged by other evidence", () => {
    assert.equal(
      verified({}, { judgedBy: "another" }, { judgedBy: "another" }),
      "on the running system, last on 2026-11-20: no findings; 2 of 3 records judged by other evidence",
    );
    assert.doesNotMatch(verified({ judgedBy: "unknown" }) ?? "", /another/);
  });
});
