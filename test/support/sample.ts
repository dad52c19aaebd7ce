import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sampleArguments } from "../../lab/sample.js";
import { repositoryRoot } from "../../lab/stateFolder.js";
import type { DeployedCertificate, Evidence } from "../../src/evidence/evidence.js";
import { planCache } from "../../src/plan/cachePlan.js";
import type { CacheArguments } from "../../src/arguments/cacheArguments.js";

// What the sample's cache is before it is deployed; the benches use it too.
export * from "../../lab/sample.js";

function packageVersion(): string {
  const file = join(repositoryRoot, "package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

/** The sample's cache in three zones. */
export const threeZones = ["a", "b", "c"].map((zone, index) => ({
  availabilityZone: `us-east-1${zone}`,
  cidrBlock: `10.0.0.${96 + 16 * index}/28`,
  natGatewayId: `nat-${index + 1}`,
}));

/** The same with so many replicas. */
export function replicated(replicas = 2): Partial<CacheArguments> {
  return { subnets: threeZones, replicas };
}

/** The same with so many shards, and replicas of each: four shards have room there. */
export function sharded(shards = 3, replicas = 1): Partial<CacheArguments> {
  return { subnets: threeZones, shards, replicas };
}

/** What the sample's cache is once it is deployed. */
export function sampleEvidence(change: Partial<CacheArguments> = {}): Evidence {
  const shape = { ...sampleArguments, ...change };
  const plan = planCache("sessions", shape);
  const secret = (name: string): string => `arn:aws:secretsmanager:us-east-1:000000000000:secret:${name}-AbCdEf`;
  const certificate = (name: string): DeployedCertificate => ({
    name,
    validFrom: "2026-11-01T00:00:00Z",
    validUntil: "2027-01-30T00:00:00Z",
  });
  return {
    schemaVersion: 1,
    libraryVersion: packageVersion(),
    cache: "sessions",
    arguments: shape,
    deployed: {
      region: "us-east-1",
      vpcId: "vpc-0123456789abcdef0",
      securityGroupId: "sg-0123456789abcdef0",
      kmsKeyArn: "arn:aws:kms:us-east-1:000000000000:key/1",
      subnets: plan.subnets.map(({ name }, index) => ({ name, id: `subnet-0123456789abcdef${index}` })),
      nodes: plan.nodes.map(({ name, privateIp, certificate: { name: certificateName } }, index) => ({
        name,
        privateIp,
        instanceId: `i-0123456789abcdef${index}`,
        imageId: "ami-0123456789abcdef0",
        secretArn: secret(certificateName),
      })),
      clients: plan.clients.map(({ client, certificate: { name } }) => ({
        name: client,
        secretArn: secret(name),
        ...(plan.clientSecurityGroups ? { securityGroupId: `sg-0c${client.length}` } : {}),
      })),
      certificates: [
        ...plan.rotation.authority.accepted.map((generation) => ({
          ...certificate(`sessions-ca-${generation}`),
          publicKeySha256: String(generation % 10).repeat(64),
        })),
        ...[...plan.nodes, ...plan.clients].map((one) => certificate(one.certificate.name)),
      ],
    },
  };
}
