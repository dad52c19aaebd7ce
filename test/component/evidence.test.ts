import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { isSecret } from "@pulumi/pulumi";
import { assess } from "../../src/evidence/assess.js";
import { contradictions } from "../../src/evidence/contradictions.js";
import type { Evidence } from "../../src/evidence/evidence.js";
import { libraryVersion } from "../../src/evidence/library.js";
import { HipaaRedisCache } from "../../src/hipaaRedisCache.js";
import { register, type Registered } from "./mocks.js";
import { ledgerShape } from "./programs.js";
import { outputsSpecified } from "./specification.js";

const authority = { validFrom: "2026-10-01T00:00:00Z", validUntil: "2027-10-01T00:00:00Z" };
const leaf = { validFrom: "2026-11-01T00:00:00Z", validUntil: "2027-01-30T00:00:00Z" };

const specified = {
  schemaVersion: 1,
  libraryVersion: libraryVersion(),
  cache: "ledger",
  arguments: { vpcId: "vpc-0a0a0a0a", ...ledgerShape },
  deployed: {
    region: "us-east-1",
    vpcId: "vpc-0a0a0a0a",
    securityGroupId: "<SecurityGroup ledger id>",
    kmsKeyArn: "<Key ledger arn>",
    subnets: [
      { name: "ledger-0", id: "<Subnet ledger-0 id>" },
      { name: "ledger-1", id: "<Subnet ledger-1 id>" },
    ],
    nodes: [
      {
        name: "ledger-0",
        instanceId: "<Instance ledger-0 id>",
        privateIp: "10.0.0.116",
        imageId: "ami-0a0a0a0a",
        secretArn: "<Secret ledger-0-server arn>",
      },
    ],
    clients: [
      { name: "api", secretArn: "<Secret ledger-client-api arn>" },
      { name: "worker", secretArn: "<Secret ledger-client-worker arn>" },
    ],
    certificates: [
      ...["ledger-ca-2", "ledger-ca-3", "ledger-ca-4"].map((name) => ({
        name,
        ...authority,
        publicKeySha256: createHash("sha256").update(`public-key-of-${name}\n`).digest("hex"),
      })),
      { name: "ledger-0-server", ...leaf },
      { name: "ledger-client-api", ...leaf },
      { name: "ledger-client-worker", ...leaf },
    ],
  },
};

const connection = (client: string): object => ({
  schemaVersion: 1,
  cache: "ledger",
  client,
  region: "us-east-1",
  vpcId: "vpc-0a0a0a0a",
  securityGroupId: "<SecurityGroup ledger id>",
  nodes: [
    {
      name: "ledger-0",
      address: "10.0.0.116",
      port: 6379,
      serverName: "ledger-0.node.ledger.hipaa-redis.internal",
    },
  ],
  secretArn: `<Secret ledger-client-${client} arn>`,
  kmsKeyArn: "<Key ledger arn>",
});

describe("what a cache says of itself, against mocks", () => {
  let evidence: Evidence;
  let resources: readonly Registered[];
  const secret: Record<string, Promise<boolean>> = {};
  before(async () => {
    resources = await register(() => {
      const tags = { Owner: "somebody@example.com" };
      const cache = new HipaaRedisCache("ledger", { ...ledgerShape, vpcId: "vpc-0a0a0a0a", tags });
      secret.evidence = isSecret(cache.evidence);
      secret.connection = isSecret(cache.connections.api);
      cache.evidence.apply((value) => {
        evidence = value;
      });
    });
  });

  it("are its connections, its hosts, and its evidence: the arguments, without tags, and what was made of them", () => {
    assert.deepEqual(outputsSpecified(resources, "ledger"), {
      connections: { api: connection("api"), worker: connection("worker") },
      nodes: [{ name: "ledger-0", instanceId: "<Instance ledger-0 id>", privateIp: "10.0.0.116" }],
      securityGroupId: "<SecurityGroup ledger id>",
      subnetIds: ["<Subnet ledger-0 id>", "<Subnet ledger-1 id>"],
      routeTableIds: ["<RouteTable ledger-0 id>", "<RouteTable ledger-1 id>"],
      kmsKeyArn: "<Key ledger arn>",
      evidence: specified,
    });
  });

  it("is no secret, and has no key, certificate or password in it", async () => {
    assert.deepEqual([await secret.evidence, await secret.connection], [false, false]);
    assert.doesNotMatch(JSON.stringify(evidence), /password-of-|key-of-|certificate-of-|request-of-/);
  });

  it("contradicts itself in nothing but the ARNs, which mocks make up", () => {
    const paths = contradictions(evidence).map(({ path }) => path);
    assert.deepEqual(
      paths.filter((path) => !path.endsWith("Arn")),
      [],
    );
  });

  it("is enough to judge the cache by", () => {
    const { deviations, controls } = assess(evidence);
    assert.deepEqual(
      deviations.map(({ argument }) => argument),
      ["allowSharedTenancy", "allowScripting"],
    );
    assert.equal(controls.find(({ id }) => id === "dedicated-tenancy")?.status, "weakened");
  });
});
