import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import { up } from "../../lab/engine/operations.js";
import { repositoryRoot } from "../../lab/stateFolder.js";
import type { HipaaRedisCacheArgs } from "../../src/args.js";
import { HipaaNetwork } from "../../src/hipaaNetwork.js";
import { HipaaRedisCache } from "../../src/hipaaRedisCache.js";
import { sampleArguments, sshPublicKey } from "../support/sample.js";
import { withStack } from "./support.js";

type Args = HipaaRedisCacheArgs;

/** Only says what is inside of the VPC: by itself it changes nothing. */
const changesNothing: readonly (keyof Args)[] = ["vpcSecondaryCidrBlocks"];

/** Another value for each argument; what else it needs to be valid is in the second record, before and after. */
const samples: Readonly<Record<keyof Args, Partial<Args>>> = {
  clients: { clients: ["web", "worker"] },
  secretAdministratorArns: { secretAdministratorArns: ["arn:aws:iam::000000000000:role/deployer"] },
  rotation: { rotation: { authority: 2, keys: 2, passwords: 2 } },
  certificates: { certificates: { validityHours: 1000 } },
  appSecurityGroupIds: { appSecurityGroupIds: { web: "sg-0123456789abcdef0" } },
  clientSecurityGroups: { clientSecurityGroups: true },
  bastionSecurityGroupIds: { bastionSecurityGroupIds: { bastions: "sg-0123456789abcdef0" } },
  tags: { tags: { Owner: "clinic" } },
  instanceType: { instanceType: "m6i.xlarge" },
  vpcId: { vpcId: "vpc-0123456789abcdef0" },
  vpcCidrBlock: { vpcCidrBlock: "10.0.0.64/26" },
  subnets: {
    subnets: [{ availabilityZone: "us-east-1a", cidrBlock: "10.0.0.112/28", natGatewayId: "nat-0123456789abcdef0" }],
  },
  appCidrBlocks: { appCidrBlocks: ["10.0.16.0/21"] },
  bastionCidrBlocks: { bastionCidrBlocks: ["10.0.0.0/29"] },
  httpsEgressCidrBlocks: { httpsEgressCidrBlocks: ["10.0.0.0/16"] },
  dnsServers: { dnsServers: ["10.0.64.10"] },
  timeServers: { timeServers: ["10.0.64.10"] },
  vpcSecondaryCidrBlocks: { vpcSecondaryCidrBlocks: ["100.64.0.0/16"] },
  operators: { operators: [{ name: "grace", sshPublicKey: sshPublicKey() }] },
  operatorIdleLogoffMinutes: { operatorIdleLogoffMinutes: 10 },
  securityUpdateWindow: { securityUpdateWindow: "Sun 03:30" },
  refreshIntervalSeconds: { refreshIntervalSeconds: 60 },
  tunnel: { tunnel: "stunnel" },
  imageId: { imageId: "ami-0123456789abcdef0" },
  imageHasPackages: { imageHasPackages: true, imageId: "ami-0123456789abcdef0" },
  evictionPolicy: { evictionPolicy: "noeviction" },
  allowSharedTenancy: { allowSharedTenancy: true },
  allowScripting: { allowScripting: true },
};

function program(change: Partial<Args> = {}): PulumiFn {
  return () => {
    const network = new HipaaNetwork("clinic", {
      cidrBlock: "10.0.0.0/16",
      availabilityZones: ["us-east-1a"],
    });
    new HipaaRedisCache<string>("sessions", {
      ...sampleArguments,
      vpcId: network.vpcId,
      subnets: network.cacheSubnets,
      ...change,
    });
    return Promise.resolve({});
  };
}

describe("the table of arguments in docs/rotation.md", () => {
  const text = readFileSync(join(repositoryRoot, "docs/rotation.md"), "utf8");
  const rows = [...text.matchAll(/^\| `(\w+)` +\| (keeps running|stops and starts|is replaced) +\|/gm)];
  const documented = new Map(rows.map(([, name = "", what = ""]) => [name, what]));

  it("has every argument of the cache", () => {
    assert.deepEqual([...documented.keys()].sort(), Object.keys(samples).sort());
  });

  it("says what real previews say", async function () {
    // A preview for each argument, on a busy machine; run alone, this one also waits for the engine to be built.
    this.timeout(3_600_000);
    await withStack("arguments", program(), async (stack) => {
      await up(stack);
      const previewed = new Map<string, string>();
      for (const [name, change] of Object.entries(samples)) {
        const { node, others } = await whatHappens(stack, change);
        assert.equal(
          others === 0,
          changesNothing.some((one) => one === name),
          `${name} changes ${others} resources`,
        );
        previewed.set(name, node);
      }
      assert.deepEqual([...previewed].sort(), [...documented].sort());
    });
  });
});

async function whatHappens(stack: Stack, change: Partial<Args>): Promise<{ node: string; others: number }> {
  let instance = "same";
  let others = 0;
  await stack.preview({
    program: program(change),
    onEvent: ({ resourcePreEvent }) => {
      const { op = "same", urn = "", diffs } = resourcePreEvent?.metadata ?? {};
      if (op === "same") return;
      others += 1;
      if (!urn.endsWith("aws:ec2/instance:Instance::sessions-0")) return;
      const tagsAlone = (diffs ?? []).every((path) => /^(tags|volumeTags)/.test(path));
      if (op !== "update" || !tagsAlone) instance = op;
    },
  });
  if (instance === "same") return { node: "keeps running", others };
  return { node: instance === "update" ? "stops and starts" : "is replaced", others };
}
