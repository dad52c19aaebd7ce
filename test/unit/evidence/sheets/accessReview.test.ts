import assert from "node:assert/strict";
import { sshFingerprint } from "../../../../src/arguments/sshPublicKey.js";
import { assess } from "../../../../src/evidence/assess.js";
import type { Evidence } from "../../../../src/evidence/evidence.js";
import type { VerificationRecord } from "../../../../src/evidence/record.js";
import { accessReview } from "../../../../src/evidence/sheets/accessReview.js";
import { evidenceOfAws, heldRecord, hosts, now, signed, withFinding } from "../heldRecord.js";

const evidence = evidenceOfAws({ clients: ["web", "worker"] });
const deployer = "arn:aws:iam::123456789012:role/deployer";

type Row = Readonly<Record<string, string>>;

function rows(of: Evidence, ...records: readonly VerificationRecord[]): readonly Row[] {
  return accessReview(assess(of, { date: now, verifications: records.map((one) => signed(one)) })).rows;
}

function seen(all: readonly Row[], kind: string, who = ""): string[] {
  return all.filter((row) => row.kind === kind && row.who?.includes(who) === true).map((row) => row.seen ?? "");
}

describe("the access review", () => {
  const all = rows(evidence);

  it("has each operator, client and role of a host, whoever the account's IAM lets in, and the stack's state", () => {
    const [ada] = evidence.arguments.operators;
    assert.deepEqual(
      all.map(({ kind, identifier }) => [kind, identifier]),
      [
        ["operator", `SSH key ${sshFingerprint(ada?.sshPublicKey ?? "")}`],
        ["client", "web.client.sessions.hipaa-redis.internal"],
        ["client", "worker.client.sessions.hipaa-redis.internal"],
        ["IAM role of a host", "arn:aws:iam::123456789012:role/hipaa-redis/sessions/node/sessions-0/*"],
        ["IAM role of a host", "arn:aws:iam::123456789012:role/hipaa-redis/sessions/client/web/*"],
        ["IAM role of a host", "arn:aws:iam::123456789012:role/hipaa-redis/sessions/client/worker/*"],
        ["AWS account", "arn:aws:iam::123456789012:root"],
        ["AWS account", "123456789012"],
        ["AWS account", evidence.deployed.kmsKeyArn],
        ["AWS account", "arn:aws:iam::123456789012:role/hipaa-redis/sessions/*"],
        ["Pulumi stack", ""],
      ],
    );
    for (const row of all)
      assert.deepEqual(
        [row.reviewedBy, row.decision, row.decidedOn, row.remarks],
        ["", "", "", ""],
        "for the organisation to fill in",
      );
  });

  it("says of everything that nobody has looked at that it was not looked at, never that there is nobody", () => {
    for (const { seen: text = "", who = "" } of all) {
      assert.match(text, /not looked at/);
      assert.doesNotMatch(text, /nobody|none/);
      assert.doesNotMatch(who, /nobody/);
    }
  });

  it("says of IAM's own principals so even when AWS was looked at, and what policies are worth then", () => {
    const looked = rows(evidence, heldRecord(evidence, "aws"));
    const [root = "", readers = "", key = "", pass = ""] = seen(looked, "AWS account");
    for (const text of [root, readers, key, pass]) assert.match(text, /^not looked at: no check of verify lists /);
    const policies = "2026-11-20: 5 of 5 checks of least-privilege hold";
    assert.ok(root.endsWith(`policies: ${policies}`), root);
    assert.ok(key.endsWith(`policies and grants: ${policies}`), key);
    assert.deepEqual(seen(looked, "IAM role of a host"), [
      "2026-11-20: 2 of 2 checks of least-privilege hold",
      "2026-11-20: 1 of 1 check of application-credentials holds",
      "2026-11-20: 1 of 1 check of application-credentials holds",
    ]);
    assert.match(seen(looked, "Pulumi stack")[0] ?? "", /^not looked at/);
  });

  it("names the hosts of clients that records are of, and what was not so", () => {
    const second = heldRecord(evidence, "client", { host: hosts.client.replace("i-0b", "i-0c") });
    const node = heldRecord(evidence, "cache");
    const [, key = ""] =
      assess(evidence)
        .controls.find(({ id }) => id === "operators")
        ?.checks.map((c) => c.shows) ?? [];
    const looked = rows(evidence, heldRecord(evidence, "client"), second, withFinding(node, "operators", key, "yes"));
    assert.match(
      seen(looked, "client", "web")[0] ?? "",
      /^hosts that records are of: i-0b \(2026-11-20\), i-0c \(2026-11-20\); /,
    );
    assert.match(seen(looked, "client", "worker")[0] ?? "", /^hosts that records are of: not looked at; /);
    assert.match(seen(looked, "operator")[0] ?? "", /^Not so on sessions-0, 2026-11-20: only by key \(found: yes\)\. /);
  });

  it("has administrators where there are any, and what the secrets' policies then keep others from", () => {
    const closed = rows(evidenceOfAws({ secretAdministratorArns: [deployer] }));
    const row = closed.find(({ kind }) => kind === "IAM administrator of the secrets");
    assert.deepEqual([row?.identifier, row?.seen], [deployer, "not looked at"]);
    const may = (some: readonly Row[]): string | undefined =>
      some.find(({ who }) => who?.includes("GetSecretValue"))?.may;
    assert.equal(may(closed), "nothing, while the secrets' own policies are as planned: they deny it");
    assert.equal(may(all), "read every secret of the cache, with kms:Decrypt of its key");
    assert.ok(!all.some(({ kind }) => kind === "IAM administrator of the secrets"));
  });

  it("says that nobody is planned to sign in where there are no operators, and whether somebody has looked", () => {
    const none = evidenceOfAws({ operators: [], bastionCidrBlocks: [] });
    const operator = (...records: VerificationRecord[]): (string | undefined)[] => {
      const [row] = rows(none, ...records);
      return [row?.who, row?.seen];
    };
    assert.deepEqual(operator(), ["nobody, as it is planned", "not looked at"]);
    const [, seenNow] = operator(signedBy(none));
    assert.match(String(seenNow), /of operators holds?$/);
  });
});

/** A record of a cache without operators counts by the key of somebody else: here the program vouches for it. */
function signedBy(of: Evidence): VerificationRecord {
  return heldRecord(of, "cache");
}
