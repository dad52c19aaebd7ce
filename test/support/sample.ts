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
      subnets: plan.subnets.map(({ name }) => ({ name, id: "subnet-0123456789abcdef0" })),
      nodes: plan.nodes.map(({ name, privateIp, certificate: { name: certificateName } }) => ({
        name,
        privateIp,
        instanceId: "i-0123456789abcdef0",
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
