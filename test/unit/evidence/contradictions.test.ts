import assert from "node:assert/strict";
import type { CacheArguments } from "../../../src/arguments/cacheArguments.js";
import type { Evidence } from "../../../src/evidence/evidence.js";
import { parseEvidence } from "../../../src/evidence/parse.js";
import { sampleEvidence } from "../../support/sample.js";

const subnets = ["a", "b"].map((zone, index) => ({
  availabilityZone: `us-east-1${zone}`,
  cidrBlock: `10.0.0.${96 + 16 * index}/28`,
  natGatewayId: "nat-1",
}));
const shape = { clients: ["web", "worker"], subnets, clientSecurityGroups: true } satisfies Partial<CacheArguments>;

/** Two subnets, each with an id of its own, and two clients with a group each. */
function whole(change: Partial<CacheArguments> = {}): Evidence {
  const evidence = structuredClone(sampleEvidence({ ...shape, ...change }));
  const { deployed } = evidence;
  return {
    ...evidence,
    deployed: { ...deployed, subnets: deployed.subnets.map((one, index) => ({ ...one, id: `subnet-${index}` })) },
  };
}

type Changed = Record<string, unknown>;

function at(evidence: Evidence, path: string, change: (parent: Changed, last: string) => void): Evidence {
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  change(
    keys.reduce((one, key) => one[key] as Changed, evidence as unknown as Changed),
    last,
  );
  return evidence;
}

const set = (path: string, value: unknown) => (evidence: Evidence) =>
  at(evidence, path, (parent, last) => {
    parent[last] = value;
  });
const drop = (path: string) => (evidence: Evidence) =>
  at(evidence, path, (parent, last) => {
    if (Array.isArray(parent)) parent.splice(Number(last), 1);
    else Reflect.deleteProperty(parent, last);
  });
const again = (path: string) => (evidence: Evidence) =>
  at(evidence, path, (parent) => {
    (parent as unknown as unknown[]).push(structuredClone((parent as unknown as unknown[])[0]));
  });

const secret = "arn:aws:secretsmanager:us-east-1:000000000000:secret:x-AbCdEf";

const wrong: readonly (readonly [what: string, change: (evidence: Evidence) => Evidence, ...paths: string[]])[] = [
  ["a client that was not deployed", drop("deployed.clients.1"), "deployed.clients"],
  [
    "a client that no argument has",
    set("deployed.clients.1.name", "api"),
    "deployed.clients[1].name",
    "deployed.clients",
  ],
  ["a client twice", again("deployed.clients.0"), "deployed.clients[2].name"],
  ["a node of another name", set("deployed.nodes.0.name", "sessions-9"), "deployed.nodes[0].name", "deployed.nodes"],
  ["a node twice", again("deployed.nodes.0"), "deployed.nodes[1].name", "deployed.nodes[1].instanceId"],
  ["a node at another address", set("deployed.nodes.0.privateIp", "10.0.0.101"), "deployed.nodes[0].privateIp"],
  ["a subnet that was not deployed", drop("deployed.subnets.1"), "deployed.subnets"],
  ["a subnet of two names", set("deployed.subnets.1.id", "subnet-0"), "deployed.subnets[1].id"],
  ["another VPC", set("deployed.vpcId", "vpc-1"), "deployed.vpcId"],
  [
    "a secret in another account",
    set("deployed.clients.0.secretArn", secret.replace("000000000000", "210987654321")),
    "deployed.clients[0].secretArn",
  ],
  [
    "a secret in another region",
    set("deployed.nodes.0.secretArn", secret.replace("us-east-1", "eu-west-1")),
    "deployed.nodes[0].secretArn",
  ],
  [
    "a secret in another partition",
    set("deployed.nodes.0.secretArn", secret.replace("arn:aws:", "arn:aws-cn:")),
    "deployed.nodes[0].secretArn",
  ],
  [
    "a key in another account",
    set("deployed.kmsKeyArn", "arn:aws:kms:us-east-1:210987654321:key/1"),
    "deployed.nodes[0].secretArn",
  ],
  [
    "a key in another region",
    set("deployed.kmsKeyArn", "arn:aws:kms:eu-west-1:000000000000:key/1"),
    "deployed.kmsKeyArn",
  ],
  [
    "a secret of two",
    (evidence) => set("deployed.clients.0.secretArn", evidence.deployed.nodes[0]?.secretArn)(evidence),
    "deployed.clients[0].secretArn",
  ],
  ["a client without its group", drop("deployed.clients.0.securityGroupId"), "deployed.clients[0].securityGroupId"],
  [
    "the nodes' group as a client's",
    (evidence) => set("deployed.clients.0.securityGroupId", evidence.deployed.securityGroupId)(evidence),
    "deployed.clients[0].securityGroupId",
  ],
  ["a certificate that was not deployed", drop("deployed.certificates.0"), "deployed.certificates"],
  ["a certificate of nobody", set("deployed.certificates.0.name", "x\ny"), "deployed.certificates[0].name"],
  ["a certificate twice", again("deployed.certificates.0"), "deployed.certificates[5].name"],
  [
    "a certificate that ends before it begins",
    set("deployed.certificates.0.validUntil", "2026-10-01T00:00:00Z"),
    "deployed.certificates[0].validUntil",
  ],
];

describe("an evidence that contradicts itself", () => {
  for (const [what, change, ...paths] of wrong) {
    it(`is refused by the field: ${what}`, () => {
      assert.deepEqual(parseEvidence(whole()), whole());
      assert.throws(
        () => parseEvidence(change(whole())),
        ({ message }: Error) => {
          assert.match(message, /^The evidence of cache sessions contradicts itself\. Give what `pulumi stack output/);
          for (const path of paths) assert.ok(message.includes(`\n  * ${path}: got `), message);
          assert.equal(message.split("\n").length, message.split("\n  * ").length, "a line for each");
          return true;
        },
      );
    });
  }

  it("is none of any shape of a cache that is sound", () => {
    const shapes: Partial<CacheArguments>[] = [
      {},
      { clientSecurityGroups: false },
      { operators: [], bastionCidrBlocks: [] },
      { rotation: { authority: 3, retiredAuthority: 2, keys: 2, passwords: 4 } },
      { clients: ["api"] },
    ];
    for (const one of shapes) assert.deepEqual(parseEvidence(whole(one)), whole(one));
  });
});
