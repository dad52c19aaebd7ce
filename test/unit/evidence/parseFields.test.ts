import assert from "node:assert/strict";
import type { CacheArguments } from "../../../src/arguments/cacheArguments.js";
import type { Evidence } from "../../../src/evidence/evidence.js";
import { parseEvidence } from "../../../src/evidence/parse.js";
import { sampleArguments, sampleEvidence } from "../../support/sample.js";

const secret = "arn:aws:secretsmanager:us-east-1:000000000000:secret:";

/** Where a value is in an evidence, values that it may have, and some that it may not. */
const fields: Readonly<Record<string, readonly [path: string, taken: unknown[], refused: unknown[]]>> = {
  form: ["schemaVersion", [1], [0, 2, "1"]],
  version: ["libraryVersion", ["0.1.0", "10.20.30-rc.1"], ["1.2", "v1.2.3", "1.2.3;x", "x1.2.3", "1.2.3+x"]],
  cache: ["cache", ["sessions"], ["", "Sessions", "a b", "-a", "a;", "a\n"]],
  region: ["deployed.region", ["us-east-1"], ["us-east", "us-1", "us-east-1;", ";us-east-1", "US-EAST-1", "u-east-1"]],
  VPC: ids("deployed.vpcId", "vpc", ["vpc-0123456789abcdef0"]),
  "security group": ids("deployed.securityGroupId", "sg"),
  "KMS key": [
    "deployed.kmsKeyArn",
    ["arn:aws:kms:us-east-1:000000000000:key/0A-b", "arn:aws:kms:us-east-1:000000000000:key/mrk-1"],
    [
      "arn:aws:kms:us-east-1:000000000000:key/",
      "arn:aws:kms:us-east-1:00000000000:key/1",
      "arn:aws:kms:us-east-1:0000000000000:key/1",
      "arn:aws:kms:us-east-1:000000000000:alias/1",
      "arn:aws:secretsmanager:us-east-1:000000000000:key/1",
      "arn:aws:kms:us-east-1:000000000000:key/1'",
      "arn:aws:kms::000000000000:key/1",
      "x:arn:aws:kms:us-east-1:000000000000:key/1",
      "arn:aws1:kms:us-east-1:000000000000:key/1",
    ],
  ],
  "a subnet's name": ["deployed.subnets.0.name", ["sessions-0"], ["Sessions", "a;b", 1]],
  "a subnet": ids("deployed.subnets.0.id", "subnet"),
  "a node's name": ["deployed.nodes.0.name", ["sessions-0"], ["", "a b"]],
  "a node's instance": ids("deployed.nodes.0.instanceId", "i"),
  "a node's address": ["deployed.nodes.0.privateIp", ["10.0.0.100"], ["10.0.0", "10.0.0.256", "::1", "10.0.0.1;"]],
  "a node's image": ids("deployed.nodes.0.imageId", "ami"),
  "a node's secret": secrets("deployed.nodes.0.secretArn", "sessions-0-server"),
  "a client's name": ["deployed.clients.0.name", ["web"], ["Web", ""]],
  "a client's secret": secrets("deployed.clients.0.secretArn", "sessions-client-web"),
  "a client's group": [
    "deployed.clients.0.securityGroupId",
    [undefined],
    ["", "sg-", "sg-0g", "sg-0;", "sg-0'", "sg-0\n", "xsg-0", 1],
  ],
  "a certificate's name": ["deployed.certificates.0.name", ["sessions-ca-1"], [1]],
  "a certificate's begin": moments("deployed.certificates.0.validFrom", "2026-11-01"),
  "a certificate's end": moments("deployed.certificates.0.validUntil", "2027-11-01"),
  "a security group of applications": groups("arguments.appSecurityGroupIds"),
  "a security group of bastions": groups("arguments.bastionSecurityGroupIds"),
  "a NAT gateway": [
    "arguments.subnets.0.natGatewayId",
    ["nat-0", "nat-0123456789abcdef0"],
    ["", "nat-", "nat-0g", "nat-0;", "nat-0'", "igw-0", 1],
  ],
  nodes: ["deployed.nodes", [], [[], undefined, {}]],
  arguments: ["arguments", [], [undefined, 1, []]],
};

function ids(
  path: string,
  prefix: string,
  taken = ["0", "0123456789abcdef0"].map((id) => `${prefix}-${id}`),
): [string, unknown[], unknown[]] {
  const refused = ["", "0123456789abcdef01", "0g", "0A", "0;", "0\n"].map((id) => `${prefix}-${id}`);
  return [path, taken, [...refused, `x${prefix}-0`, `${prefix}x-0`, undefined]];
}

function groups(path: string): [string, unknown[], unknown[]] {
  const taken = ["sg-0", "sg-0123456789abcdef0"].map((id) => ({ web: id }));
  const refused = ["", "sg-", "sg-0'", "sg-0\n", "000000000000/sg-0", "pl-0", 1].map((id) => ({ web: id }));
  return [path, [...taken, undefined], [...refused, "sg-0", ["sg-0"], { "a'b": "sg-0" }]];
}

function secrets(path: string, name: string): [string, unknown[], unknown[]] {
  const taken = [`${secret}${name}-AbCdEf`, `${secret}a/_+=.@-Z9`];
  const refused = [secret, `${secret}a b`, `${secret}a'b`, `${secret}a$b`, `x${secret}a`];
  return [path, taken, [...refused, "arn:aws:kms:us-east-1:000000000000:secret:a"]];
}

function moments(path: string, day: string): [string, unknown[], unknown[]] {
  return [path, [`${day}T00:00:00Z`, `${day}T00:00:00+01:00`], ["2026-11-01", "yesterday", 0]];
}

/** The sample with another value at one place, and zones and ARNs of its region. */
function withValue(path: string, value: unknown): object {
  const sample = sampleEvidence(path === "deployed.region" ? inRegion(String(value)) : {});
  const text = JSON.stringify(sample);
  const evidence = JSON.parse(
    path === "deployed.region" ? text.replaceAll(":us-east-1:", () => `:${String(value)}:`) : text,
  ) as Record<string, unknown>;
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  const parent = keys.reduce((one, key) => one[key] as Record<string, unknown>, evidence);
  parent[last] = value;
  return evidence;
}

function inRegion(region: string): Partial<CacheArguments> {
  const subnets = sampleArguments.subnets.map((subnet) => ({ ...subnet, availabilityZone: `${region}a` }));
  return { subnets, imageId: "ami-0123456789abcdef0" };
}

describe("a field of an evidence", () => {
  it("is refused where it is of another region than the subnets, and taken where the region is newer than the table here", () => {
    const evidence = sampleEvidence();
    const moved = { ...evidence, deployed: { ...evidence.deployed, region: "us-west-2" } };
    assert.throws(
      () => parseEvidence(moved),
      /subnets\[0\]\.availabilityZone: got "us-east-1a"\. The provider's region is us-west-2/,
    );
    assert.doesNotThrow(() => parseEvidence(evidence));
    assert.doesNotThrow(() => parseEvidence(withValue("deployed.region", "us-east-77")));
  });

  for (const [what, [path, taken, refused]] of Object.entries(fields)) {
    it(`(${what}) is taken as AWS and this library write it, and otherwise refused by its name`, () => {
      for (const value of taken) {
        const evidence = withValue(path, value);
        assert.equal(parseEvidence(evidence), evidence as Evidence, String(value));
      }
      const place = path.replaceAll(/\.(\d+)/g, "[$1]");
      for (const value of refused) {
        assert.throws(
          () => parseEvidence(withValue(path, value)),
          (error: Error) => {
            assert.match(
              error.message,
              /^This is not the evidence of a cache\. Give what `pulumi stack output evidence --json` prints\.\n/,
            );
            assert.ok(error.message.includes(`\n  * ${place}`), `${String(value)}: ${error.message}`);
            return true;
          },
          String(value),
        );
      }
    });
  }

  it("may hold what a later version knows, and arguments are judged as those of a cache are", () => {
    const later = { ...sampleEvidence(), deployed: { ...sampleEvidence().deployed, later: 1 } };
    assert.equal(parseEvidence(later), later);
    assert.throws(() => parseEvidence(withValue("arguments.clients", [])), {
      message: /^The evidence of cache sessions: 1 argument problem:\n {2}\* clients: /,
    });
  });
});
