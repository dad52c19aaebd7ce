import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { inventory, packagesOf, type Asset } from "../../../src/evidence/inventory.js";
import { uuidOf } from "../../../src/evidence/uuid.js";
import { planCache } from "../../../src/plan/cachePlan.js";
import { sampleEvidence, sampleArguments } from "../../support/sample.js";

function assets(change: Parameters<typeof sampleEvidence>[0]): string[][] {
  const { cache, arguments: shape, deployed } = sampleEvidence(change);
  const row = ({ kind, name, identifier, where }: Asset): string[] => [kind, name, identifier, where];
  return inventory(planCache(cache, shape), deployed).map(row);
}

const secret = (name: string): string => `arn:aws:secretsmanager:us-east-1:000000000000:secret:${name}-AbCdEf`;

describe("the inventory", () => {
  it("has every asset once, by the name that AWS or the host knows it by, and where it is", () => {
    const [, key = ""] = sampleArguments.operators[0]?.sshPublicKey.split(" ") ?? [];
    const fingerprint = createHash("sha256").update(Buffer.from(key, "base64")).digest("base64");
    const subnets = [
      ...sampleArguments.subnets,
      { availabilityZone: "us-east-1b", cidrBlock: "10.0.0.112/28", natGatewayId: "nat-1" },
    ];
    assert.deepEqual(assets({ subnets, clients: ["web", "worker"] }), [
      ["node", "sessions-0", "i-0123456789abcdef0", "10.0.0.100"],
      ["machine image", "sessions-0", "ami-0123456789abcdef0", "us-east-1"],
      ["subnet", "sessions-0", "subnet-0123456789abcdef0", "10.0.0.96/28"],
      ["subnet", "sessions-1", "subnet-0123456789abcdef1", "10.0.0.112/28"],
      ["security group", "sessions", "sg-0123456789abcdef0", "vpc-0123456789abcdef0"],
      ["encryption key (KMS)", "sessions", "arn:aws:kms:us-east-1:000000000000:key/1", "us-east-1"],
      ["secret of a node", "sessions-0", secret("sessions-0-server"), "us-east-1"],
      ["secret of a client", "web", secret("sessions-client-web"), "us-east-1"],
      ["secret of a client", "worker", secret("sessions-client-worker"), "us-east-1"],
      ["operator", "ada", `SSH key SHA256:${fingerprint.replace(/=+$/, "")}`, "every node"],
    ]);
  });

  it("has the groups of clients where the cache makes them", () => {
    const kinds = (change: object): string[][] =>
      assets(change).filter(([kind = ""]) => kind.startsWith("security group of"));
    assert.deepEqual(kinds({ clients: ["web", "worker"], clientSecurityGroups: true }), [
      ["security group of a client", "web", "sg-0c3", "vpc-0123456789abcdef0"],
      ["security group of a client", "worker", "sg-0c6", "vpc-0123456789abcdef0"],
    ]);
    assert.deepEqual(kinds({}), []);
  });

  it("says nothing of where a subnet is that the plan does not know", () => {
    const { deployed, cache, arguments: shape } = sampleEvidence();
    const stranger = { ...deployed, subnets: [{ name: "stranger", id: "subnet-1" }] };
    const found = inventory(planCache(cache, shape), stranger).find(({ kind }) => kind === "subnet");
    assert.deepEqual(found, { kind: "subnet", name: "stranger", identifier: "subnet-1", where: "" });
  });

  it("names the packages of a node in order, its tunnel's among them", () => {
    const packages = ["awscli", "chrony", "haproxy", "jq", "nftables", "redis-server", "unattended-upgrades"];
    assert.deepEqual(packagesOf(planCache("sessions", sampleArguments)), packages);
    const stunnel = packagesOf(planCache("sessions", { ...sampleArguments, tunnel: "stunnel" }));
    assert.deepEqual(stunnel, [...packages.filter((name) => name !== "haproxy"), "stunnel4"].sort());
  });
});

describe("a UUID of texts", () => {
  it("has the form of version 4, and is what others make of the same JSON", () => {
    // python3 -c 'import hashlib, uuid; h = hashlib.sha256(uuid.NAMESPACE_URL.bytes + b"[\"a\",\"b\"]"); print(uuid.UUID(bytes=h.digest()[:16], version=4))'
    assert.equal(uuidOf("a", "b"), "028679f0-5f05-4392-85fe-10795e031a4a");
    assert.equal(uuidOf("a,b"), "d00406f5-eed8-44aa-80d8-95b06e1dc1e6");
  });
});
