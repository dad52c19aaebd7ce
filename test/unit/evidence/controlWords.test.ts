import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assess } from "../../../src/evidence/assess.js";
import type { CacheArguments } from "../../../src/arguments/cacheArguments.js";
import { replicated, sampleArguments, sampleEvidence, sharded, sshPublicKey } from "../../support/sample.js";
import { controlLines } from "./controlText.js";

const grace = { name: "grace", sshPublicKey: sshPublicKey() };

/** Arguments that change what controls say or look at. */
const changes: Readonly<Record<string, Partial<CacheArguments>>> = {
  "no operators": { operators: [], bastionCidrBlocks: [] },
  "several of each": {
    operators: [grace, ...sampleArguments.operators],
    clients: ["worker", "web"],
    subnets: [...sampleArguments.subnets, { availabilityZone: "us-east-1b", cidrBlock: "10.0.0.112/28" }],
    appCidrBlocks: ["10.0.32.0/20", "10.0.16.0/20"],
  },
  "security groups": {
    appSecurityGroupIds: { web: "sg-1", jobs: "sg-2" },
    bastionSecurityGroupIds: { bastions: "sg-3" },
  },
  "groups of clients": { clientSecurityGroups: true, appSecurityGroupIds: { hosts: "sg-1" } },
  "one way out": { httpsEgressCidrBlocks: ["10.9.0.0/16", "10.8.0.0/16"] },
  "resolvers and time servers of one's own": {
    dnsServers: ["172.16.0.10", "10.0.64.10"],
    timeServers: ["10.0.80.10", "10.0.64.10", "169.254.169.123"],
  },
  "applications outside of the VPC": { appCidrBlocks: ["10.0.16.0/20", "172.16.0.0/20"] },
  "a secondary network": {
    vpcSecondaryCidrBlocks: ["172.16.0.0/16"],
    appCidrBlocks: ["172.16.0.0/20"],
  },
  stunnel: { tunnel: "stunnel" },
  "Debian 13": { operatingSystem: "debian-13" },
  "Debian 12": { operatingSystem: "debian-12" },
  "hybrid key exchange alone": { operatingSystem: "debian-13", requireHybridKeyExchange: true },
  scripting: { allowScripting: true },
  "shared tenancy": { allowSharedTenancy: true, instanceType: "t3.small" },
  "packages in the image": { imageHasPackages: true },
  "other times": {
    operatorIdleLogoffMinutes: 7,
    securityUpdateWindow: "Sun 03:30",
    refreshIntervalSeconds: 60,
    certificates: { validityHours: 240, earlyRenewalHours: 100, authorityValidityHours: 960 },
  },
  "no eviction": { evictionPolicy: "noeviction" },
  "eviction of keys that have an expiry": { evictionPolicy: "volatile-ttl" },
  "events of keys": { keyspaceEvents: "KE$n" },
  "more memory for Redis": { maxMemoryPercent: 60 },
  "smaller values": { maxValueBytes: 1_500_000 },
  "keys of another generation": { rotation: { authority: 2, keys: 3 } },
  replicas: replicated(),
  shards: sharded(),
  "passwords of another generation": { rotation: { passwords: 3, retiredPasswords: 2 } },
};

function linesOf(change: Partial<CacheArguments>): string[] {
  return controlLines(assess(sampleEvidence(change)));
}

/** What is gone, and what has come, in the order in which it is said. */
function difference(before: readonly string[], after: readonly string[]): string[] {
  const without = (list: readonly string[], other: readonly string[]): string[] =>
    list.filter((line) => !other.includes(line));
  return [
    ...without(before, after).map((line) => `- ${line.trim()}`),
    ...without(after, before).map((line) => `+ ${line.trim()}`),
  ];
}

describe("the words of controls", () => {
  it("are the committed ones, each check's command and what it has to print among them", () => {
    const path = join(import.meta.dirname, "controls.txt");
    const sample = linesOf({});
    const lines = Object.entries(changes).flatMap(([what, change]) => [
      "",
      `with ${what}`,
      ...difference(sample, linesOf(change)),
    ]);
    const text = `${[...sample, ...lines].join("\n")}\n`;
    if (process.env.UPDATE_CONTROLS === "1") writeFileSync(path, text);
    assert.equal(
      text,
      readFileSync(path, "utf8"),
      "Read the difference, and run with UPDATE_CONTROLS=1 if it is meant.",
    );
  });
});
