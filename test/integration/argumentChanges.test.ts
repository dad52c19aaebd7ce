import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runtime, type Inputs } from "@pulumi/pulumi";
import type { PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import { up } from "../../lab/engine/operations.js";
import { repositoryRoot } from "../../lab/stateFolder.js";
import type { HipaaRedisCacheArgs } from "../../src/args.js";
import { HipaaNetwork } from "../../src/hipaaNetwork.js";
import { HipaaRedisCache } from "../../src/hipaaRedisCache.js";
import { defaultOperatingSystem } from "../../src/plan/operatingSystem.js";
import { sampleArguments, sshPublicKey } from "../support/sample.js";
import { sharedStack } from "./support.js";

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
  operatingSystem: { operatingSystem: "debian-12" },
  requireHybridKeyExchange: { requireHybridKeyExchange: true },
  engine: { engine: "valkey" },
  imageId: { imageId: "ami-0123456789abcdef0" },
  imageGeneration: { imageGeneration: 2 },
  imageHasPackages: { imageHasPackages: true, imageId: "ami-0123456789abcdef0" },
  evictionPolicy: { evictionPolicy: "noeviction" },
  keyspaceEvents: { keyspaceEvents: "Ex" },
  maxMemoryPercent: { maxMemoryPercent: 40 },
  maxValueBytes: { maxValueBytes: 1048576 },
  allowSharedTenancy: { allowSharedTenancy: true },
  allowScripting: { allowScripting: true },
  replicas: { replicas: 2 },
  shards: {
    shards: 3,
    subnets: [{ availabilityZone: "us-east-1a", cidrBlock: "10.0.0.96/27", natGatewayId: "nat-0123456789abcdef0" }],
  },
  loopbackCidrBlock: { loopbackCidrBlock: "127.83.0.0/24", replicas: 2 },
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

/** The same, in October: of Debian's images that the lab knows (lab/localstack/amis.json), the later ones are not published yet. */
function inOctober(): Promise<Record<string, unknown>> {
  runtime.registerInvokeTransform(({ token, args, opts }) => {
    if (token !== "aws:ec2/getAmi:getAmi") return undefined;
    const filters = [{ name: "name", values: [`${defaultOperatingSystem}-amd64-20261001-*`] }];
    return { args: { ...args, filters }, opts };
  });
  return program()() as Promise<Record<string, unknown>>;
}

const theNode = "aws:ec2/instance:Instance::sessions-0";

const images = {
  october: "ami-0a1d4be11aa13d004",
  newest: "ami-0a1d4be11aa13d001",
  newestForGraviton: "ami-0a1d4be11aa13d002",
};

describe("the table of arguments in docs/rotation.md", () => {
  const stack = sharedStack("arguments", inOctober);
  const text = readFileSync(join(repositoryRoot, "docs/rotation.md"), "utf8");
  const rows = [...text.matchAll(/^\| `(\w+)` +\| (keeps running|stops and starts|is replaced) +\|/gm)];
  const documented = new Map(rows.map(([, name = "", what = ""]) => [name, what]));

  it("has every argument of the cache", () => {
    assert.deepEqual([...documented.keys()].sort(), Object.keys(samples).sort());
  });

  it("says what real previews say", async function () {
    // A preview for each argument, on a busy machine.
    this.timeout(3_600_000);
    assert.equal(await imageAfter(stack()), images.october);
    const previewed = new Map<string, string>();
    const booted = new Map<string, unknown>();
    for (const [name, change] of Object.entries(samples)) {
      const { happens, image, changes } = await whatHappens(stack(), change);
      const changesSomething = !changesNothing.some((one) => one === name);
      assert.equal(changes > 0, changesSomething, `${name} changes ${changes} resources`);
      previewed.set(name, happens);
      booted.set(name, image);
    }
    assert.deepEqual([...previewed].sort(), [...documented].sort());
    // Debian has published a newer image than the node's since: only the argument for it takes it, and the preview says which.
    assert.deepEqual([booted.get("operators"), booted.get("imageGeneration")], [images.october, images.newest]);
  });

  it("has each flow's rules of the network ACL come, change and go by themselves, without a number that is taken", async () => {
    const both = (networks: Record<string, string>): Record<string, string> =>
      Object.fromEntries(
        Object.entries(networks).flatMap(([name, op]) => ["egress", "ingress"].map((way) => [`${way}-${name}`, op])),
      );
    const change = {
      appCidrBlocks: ["10.0.32.0/20", "10.0.16.0/20"],
      dnsServers: ["10.0.64.10"],
      operators: [],
      bastionCidrBlocks: [],
    };
    assert.deepEqual(
      await rulesAfter(stack(), program(change)),
      both({
        "apps-to-redis-0": "delete-replaced",
        "apps-to-redis-1": "create",
        "bastions-to-ssh-0": "delete",
        "node-to-own-dns-tcp-0": "create",
        "node-to-own-dns-udp-0": "create",
      }),
    );
  });

  it("is right about the image: Debian's newest, for another architecture and for another generation", async () => {
    assert.equal(await imageAfter(stack(), program({ instanceType: "m7g.large" })), images.newestForGraviton);
    assert.equal(await imageAfter(stack(), program({ imageGeneration: 2 })), images.newest);
  });
});

/** Updates the stack; returns what happened to each rule of the network ACL that did not stay as it is. */
async function rulesAfter(stack: Stack, update: PulumiFn): Promise<Record<string, string>> {
  const happened: Record<string, string> = {};
  await up(stack, {
    program: update,
    onEvent: ({ resourcePreEvent }) => {
      const { op = "same", urn = "" } = resourcePreEvent?.metadata ?? {};
      const name = /aws:ec2\/networkAclRule:NetworkAclRule::sessions-(.+)$/.exec(urn)?.[1];
      // A replacement is told by each of its steps: the first is that the old one goes.
      if (name !== undefined && op !== "same") happened[name] ??= op;
    },
  });
  return happened;
}

/** Updates the stack; returns the image that EC2 says the node has. */
async function imageAfter(stack: Stack, update?: PulumiFn): Promise<unknown> {
  let image: unknown;
  await up(stack, {
    ...(update === undefined ? {} : { program: update }),
    onEvent: ({ resOutputsEvent }) => {
      const { urn = "", new: after } = resOutputsEvent?.metadata ?? {};
      if (urn.endsWith(theNode)) image = (after?.outputs as Inputs | undefined)?.ami ?? image;
    },
  });
  return image;
}

interface Happening {
  /** In the words of the table. */
  readonly happens: string;
  /** What the node would boot, as far as the preview tells. */
  readonly image: unknown;
  /** How many resources change, the node among them. */
  readonly changes: number;
}

async function whatHappens(stack: Stack, change: Partial<Args>): Promise<Happening> {
  let instance = "same";
  let image: unknown;
  let changes = 0;
  await stack.preview({
    program: program(change),
    onEvent: ({ resourcePreEvent }) => {
      const { op = "same", urn = "", diffs, new: after } = resourcePreEvent?.metadata ?? {};
      if (op === "same") return;
      changes += 1;
      if (!urn.endsWith(theNode)) return;
      image = (after?.inputs as Inputs | undefined)?.ami ?? image;
      const tagsAlone = (diffs ?? []).every((path) => /^(tags|volumeTags)/.test(path));
      if (op !== "update" || !tagsAlone) instance = op;
    },
  });
  if (instance === "same") return { happens: "keeps running", image, changes };
  return { happens: instance === "update" ? "stops and starts" : "is replaced", image, changes };
}
