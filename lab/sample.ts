import { generateKeyPairSync, type KeyPairKeyObjectResult } from "node:crypto";
import sshpk from "sshpk";
import type { ClusterConnection, Connection, ReplicatedNode } from "../src/arguments/connection.js";
import { planCache, type CachePlan } from "../src/plan/cachePlan.js";
import type { CacheArguments } from "../src/arguments/cacheArguments.js";
import { defaultClusterLoopbackCidrBlock } from "../src/plan/cluster.js";

type KeyKind = "ed25519" | "rsa2048" | "rsa3072" | "dsa" | "ecdsa";

/** An OpenSSH public key made now; its private half is thrown away. */
export function sshPublicKey(kind: KeyKind = "ed25519"): string {
  const pem = publicPem(kind);
  return sshpk
    .parseKey(pem, "pem")
    .toString("ssh")
    .replace(/ \(.*\)$/, "");
}

/** RSA and DSA keys take seconds to make on a busy machine: one of each is enough. */
const slowPems = new Map<KeyKind, string>();

function publicPem(kind: KeyKind): string {
  const pem = slowPems.get(kind) ?? keyPair(kind).publicKey.export({ type: "spki", format: "pem" }).toString();
  if (/^(rsa|dsa)/.test(kind)) slowPems.set(kind, pem);
  return pem;
}

function keyPair(kind: KeyKind): KeyPairKeyObjectResult {
  switch (kind) {
    case "rsa2048":
      return generateKeyPairSync("rsa", { modulusLength: 2048 });
    case "rsa3072":
      return generateKeyPairSync("rsa", { modulusLength: 3072 });
    case "dsa":
      return generateKeyPairSync("dsa", { modulusLength: 1024, divisorLength: 160 });
    case "ecdsa":
      return generateKeyPairSync("ec", { namedCurve: "P-256" });
    case "ed25519":
      return generateKeyPairSync("ed25519");
  }
}

/** A cache as the quickstart has it, with one operator. */
export const sampleArguments = {
  vpcId: "vpc-0123456789abcdef0",
  vpcCidrBlock: "10.0.0.0/16",
  subnets: [{ availabilityZone: "us-east-1a", cidrBlock: "10.0.0.96/28", natGatewayId: "nat-1" }],
  appCidrBlocks: ["10.0.16.0/20"],
  bastionCidrBlocks: ["10.0.0.0/28"],
  operators: [{ name: "ada", sshPublicKey: sshPublicKey() }],
  clients: ["web"],
} satisfies CacheArguments;

export function samplePlan(change: Partial<CacheArguments> = {}): CachePlan<string> {
  return planCache("sessions", { ...sampleArguments, ...change });
}

/** The connection of a cache with two replicas. */
export function replicatedConnection(): Connection<ReplicatedNode> {
  return {
    ...sampleConnection,
    nodes: [0, 1, 2].map((index) => ({
      name: `sessions-${index}`,
      address: `10.0.0.${100 + index}`,
      port: 6379,
      serverName: `sessions-${index}.node.sessions.hipaa-redis.internal`,
      loopbackAddress: `127.82.0.${1 + index}`,
      sentinelPort: 26379,
    })),
  };
}

/** That of the sample's cache with shards, whose hosts have these addresses on their loopback. */
export function clusterConnection(loopbackCidrBlock = defaultClusterLoopbackCidrBlock): ClusterConnection {
  const cidrBlocks = ["10.0.0.96/28", "10.0.0.112/28", "10.0.0.128/28"];
  return { ...sampleConnection, nodes: [], cluster: { cidrBlocks, port: 6379, loopbackCidrBlock } };
}

export const sampleConnection: Connection = {
  schemaVersion: 1,
  cache: "sessions",
  client: "web",
  region: "us-east-1",
  vpcId: "vpc-1",
  securityGroupId: "sg-1",
  nodes: [
    {
      name: "sessions-0",
      address: "10.0.0.100",
      port: 6379,
      serverName: "sessions-0.node.sessions.hipaa-redis.internal",
    },
  ],
  secretArn: "arn:aws:secretsmanager:us-east-1:000000000000:secret:sessions-client-web-AbCdEf",
  kmsKeyArn: "arn:aws:kms:us-east-1:000000000000:key/1",
};
