import assert from "node:assert/strict";
import { controlNames } from "../../../src/evidence/report/names.js";
import { summary } from "../../../src/evidence/report/summary.js";
import type { CacheArguments } from "../../../src/arguments/cacheArguments.js";
import { assess, type Assessment, type AssessOptions } from "../../../src/evidence/assess.js";
import type { Evidence } from "../../../src/evidence/evidence.js";
import type { GivenRecord } from "../../../src/evidence/records.js";
import { sampleEvidence } from "../../support/sample.js";
import type { AppHosts } from "../../../src/evidence/verified.js";
import { evidenceOfAws, heldRecord, now as date, signed, withFinding } from "./heldRecord.js";
import { smallAssessment } from "./smallAssessment.js";
import { list, paragraph, plain, table, type PlainBlock } from "./smallReport.js";

function summaryOf(assessment: Assessment): PlainBlock[] {
  return plain(summary(assessment, date, controlNames(assessment)));
}

function page(change: Partial<CacheArguments> = {}, options: AssessOptions = {}): PlainBlock[] {
  return summaryOf(smallAssessment(change, { date, ...options }));
}

/** The lines of the list that says what protects the cache. */
function statements(change: Partial<CacheArguments>): readonly string[] {
  const [first] = page(change).flatMap((block) => (block.kind === "list" ? [block.items] : []));
  return first ?? [];
}

/** What the first page has for a word of its first table, of the whole report. */
function rows(word: string, evidence: Evidence, ...verifications: readonly GivenRecord[]): string[] {
  const [, about] = summaryOf(assess(evidence, { date, verifications }));
  assert.ok(about?.kind === "table");
  return about.rows.filter(([what]) => what === word).map(([, text = ""]) => text);
}

describe("a report's first page", () => {
  const evidence = evidenceOfAws({ clients: ["web", "worker"] });
  const node = heldRecord(evidence, "cache");

  it("asks the organisation to approve what is done instead of a specification, until somebody has", () => {
    const todo = "To approve, and to document why: Mechanism to authenticate cached values.";
    const text = (...verifications: GivenRecord[]): string =>
      JSON.stringify(summaryOf(assess(evidence, { date, verifications })));
    assert.ok(text().includes(todo));
    assert.match(text(), /documented alternative; not approved: 1/);
    const approved = text(signed(heldRecord(evidence, "cache", {}, true)), signed(heldRecord(evidence, "aws")));
    assert.ok(!approved.includes(todo));
    assert.match(text(), /"To do: Emergency access; .*; Business associate agreement with AWS; /);
    assert.ok(text().includes("missing of your organisation's part") && !approved.includes("organisation's part"));
    assert.doesNotMatch(approved, /documented alternative; not approved/);
  });

  it("names the server that the nodes run in its title and its table", () => {
    const [title, about] = page({ engine: "valkey" });
    assert.deepEqual(title, { kind: "heading", level: 1, text: "Security of the Valkey cache “sessions”" });
    assert.match(
      JSON.stringify(about),
      /"Valkey 8\.1 on Debian 13: what this report says of Redis is true of Valkey, /,
    );
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
            "The cache sessions in AWS account 000000000000 (emulated), region us-east-1, VPC vpc-0123456789abcdef0: 1 node, its network, credentials and hosts' settings",
          ],
          [
            "What it does not",
            "The applications that use it, their hosts' other software, the organisation's own procedures",
          ],
          ["What its nodes run", "Redis 8.0 on Debian 13"],
          ["Written", `2026-11-22 01:02 UTC by pulumi-hipaa-redis ${libraryVersion}, from what was deployed`],
          [
            "Verified",
            "designed; nothing verified: 0 of 4 automatic checks; AWS not looked at (an emulated account); 0 of 1 attestations; 0 of 1 nodes; application hosts of 0 of 1 clients; how many application hosts there are of web, nobody has said",
          ],
          ["Approved", "By whoever has signed under Approval, at the end"],
        ],
      ),
      { kind: "heading", level: 2, text: "Summary" },
      paragraph(
        "A cache keeps copies of data in memory, so that an application doesn't have to ask its database each time. These copies may be patient data (PHI), so the HIPAA Security Rule applies. This report says what protects them here, who is responsible for it, and what risk is left.",
      ),
      paragraph(
        "Controls: 5. designed; nothing verified: 1, weakened by choice: 1, not applicable: 1, for your organisation to do: 2.",
      ),
      paragraph("By design:"),
      list([
        "Who can reach it: application hosts reach Redis through the tunnel (10.0.16.0/20); operators sign in from the bastion hosts (10.0.0.0/28). Nobody else, and nobody from the internet.",
        "What it asks for itself: names (DNS), the time, its address (DHCP), the credentials of its role (instance metadata), and by HTTPS its secret and Debian's packages.",
        "Applications that may use it: web, each with a certificate and a password of its own. What they send is encrypted (TLS 1.3), and both ends prove who they are.",
        "People who may sign in to it: ada, each with a key of their own; what they do is recorded, and idle sessions end after 15 minutes.",
        "Redis writes no patient data to a disk; the disks are encrypted anyway.",
        "Hardware: no other AWS customer uses it. AWS operates the hypervisor.",
        "Deviations from the safe defaults: none.",
      ]),
      paragraph("What is missing of your organisation's part (Controls has what each demands):"),
      list(["To do: The fourth; The fifth.", "To attest: Second."]),
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
        "Hardware: shared with other AWS customers. AWS operates the hypervisor.",
        "Deviations from the safe defaults: `allowSharedTenancy`, `allowScripting`. Each is explained under Deviations.",
      ],
    );
  });

  it("says how much was looked at, and what was not", () => {
    const { coverage } = assess(evidence);
    const [checks, people] = [coverage.automatic.of, coverage.attestations.of];
    assert.deepEqual(rows("Verified", evidence), [
      `designed; nothing verified: 0 of ${checks} automatic checks; AWS not looked at; 0 of ${people} attestations; 0 of 1 nodes; application hosts of 0 of 2 clients; how many application hosts there are of web, worker, nobody has said`,
    ]);
    const client = heldRecord(evidence, "client", { date: "2026-11-21T00:00:00.000Z" });
    const [one = ""] = rows("Verified", evidence, signed(node), signed(client));
    const [, seen = ""] = /^(\d+) of/.exec(one) ?? [];
    assert.equal(
      one,
      `${seen} of ${checks} automatic checks; AWS not looked at; 0 of ${people} attestations; 1 of 1 nodes; application hosts of 1 of 2 clients (not worker); how many application hosts there are of web, worker, nobody has said; no finding in what was looked at; the oldest look is of 2026-11-20`,
    );
    assert.ok(Number(seen) > 60 && Number(seen) < checks, one);
    const asked = heldRecord(evidence, "aws", {}, true);
    const [both = ""] = rows("Verified", evidence, signed(node), signed(asked));
    assert.ok(both.includes(`checks; ${people} of ${people} attestations; 1 of 1 nodes`), both);
  });

  it("says of how many application hosts one was looked at, where the organisation has said how many there are", () => {
    const said = (appHosts: AppHosts): string => {
      const verifications = [signed(heldRecord(evidence, "client"))];
      const [, about] = summaryOf(assess(evidence, { date, verifications, appHosts }));
      assert.ok(about?.kind === "table");
      const [text = ""] = about.rows.filter(([what]) => what === "Verified").map(([, words = ""]) => words);
      return text
        .split("; ")
        .filter((part) => part.includes("application hosts"))
        .join("; ");
    };
    const clients = "application hosts of 1 of 2 clients (not worker)";
    assert.equal(
      said({ web: 2 }),
      `${clients}; 1 of 2 application hosts; how many application hosts there are of worker, nobody has said`,
    );
    assert.equal(said({ web: 2, worker: 1 }), `${clients}; 1 of 3 application hosts (web 1 of 2, worker 0 of 1)`);
  });

  it("says what was found on a host that is no part of the cache, by which nothing is verified", () => {
    const strange = withFinding({ ...node, host: "i-0d strange" }, "tls", "Redis has no network");
    assert.match(
      rows("Verified", evidence, signed(strange))[0] ?? "",
      /^0 of \d+ automatic checks; .*; controls that are not met: 1$/,
    );
  });

  it("names every record that does not count, with its reason", () => {
    const billing = heldRecord(evidence, "cache", { cache: "billing", date: "2021-01-01T00:00:00.000Z" });
    const given = [
      { name: "billing.json", record: billing, signature: { refused: "it is not signed" } },
      signed(heldRecord(evidence, "aws", { host: "123456789012 http://localhost:4566 x" }), "aws.json"),
    ];
    assert.deepEqual(rows("Not counted", evidence, ...given), [
      "billing.json: it is not signed; it is about the cache billing, not sessions; it is of 2021-01-01, more than 31 days ago",
      "aws.json: it is of an emulated AWS account: not AWS but http://localhost:4566 answered",
    ]);
    assert.deepEqual(rows("Verified", evidence, ...given), rows("Verified", evidence));
    assert.deepEqual(rows("Not counted", evidence, signed(node)), []);
  });

  it("names the account, and an emulated one as such", () => {
    assert.match(
      rows("What it covers", evidence)[0] ?? "",
      /^The cache sessions in AWS account 123456789012, region us-east-1/,
    );
    assert.match(rows("What it covers", sampleEvidence())[0] ?? "", /AWS account 000000000000 \(emulated\), region/);
  });

  it("names what is not met, with how many findings, whose words are under Controls", () => {
    const record = withFinding(heldRecord(evidence, "cache"), "tls", "Redis has no network");
    const isNotMet = (block: PlainBlock): boolean => block.kind === "paragraph" && block.text.startsWith("Not met:");
    const blocks = summaryOf(assess(evidence, { date, verifications: [signed(record)] }));
    assert.deepEqual(blocks.filter(isNotMet), [paragraph("Not met: Encryption in transit (1 finding).")]);
    assert.deepEqual(page().filter(isNotMet), []);
  });
});
