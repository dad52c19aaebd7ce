import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bootHosts, type Hosts } from "../../../lab/hosts/index.js";
import {
  bakedImageId,
  bakedImages,
  openQuickstart,
  quickstartPackages,
  quickstartRegion,
  upQuickstart,
  type Quickstart,
} from "../../../lab/scenario/quickstart.js";
import { nameOf, type Choice, type Dimension } from "../../../lab/scenario/dimensions.js";
import { openScene, type Scene } from "../../../lab/scenario/scene.js";
import type { OperatingSystem } from "../../../src/plan/operatingSystem.js";
import { tunnelEngines, type TunnelEngine } from "../../../src/plan/tunnel.js";
import { choicesFor, describeOver, isExhaustive, seed } from "../../support/dimensions.js";
import { localStackOfRun } from "../../support/localStack.js";
import { undoAll } from "../../support/undoAll.js";

/** The scene, and the stack that it was deployed from. */
export interface TestScene extends Scene {
  readonly quickstart: Quickstart;
}

/** By the name of the choice. */
type Scenes = ReadonlyMap<string, TestScene>;

/** Declares tests on the booted quickstart, over the dimensions that they depend on. */
export function describeOnHosts(
  dependsOn: readonly Dimension[],
  title: string,
  tests: (scene: () => Promise<TestScene>, tunnel: TunnelEngine, choice: Choice) => void,
): void {
  describeOver(dependsOn, title, (choice) => {
    const scene = async (): Promise<TestScene> => {
      const found = (await scenes()).get(nameOf(choice));
      if (found === undefined) throw new Error(`There is no scene of ${nameOf(choice)}.`);
      return found;
    };
    tests(scene, choice.tunnel, choice);
  });
}

let opened: Promise<Scenes> | undefined;
const cleanUps: (() => unknown)[] = [];

/** What all tests of this run share: made by the first who asks, taken away when all are done. */
function scenes(): Promise<Scenes> {
  opened ??= open();
  return opened;
}

after("take the hosts away", async function () {
  this.timeout(120_000);
  await opened?.catch(() => undefined);
  await undoAll(cleanUps, "Not everything could be taken away");
});

/** One LocalStack with a VPC for each tunnel; all hosts boot at once. */
async function open(): Promise<Scenes> {
  const folder = mkdtempSync(join(tmpdir(), "hipaa-redis-hosts-"));
  cleanUps.push(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const localStack = await localStackOfRun(say);
  cleanUps.push(() => localStack.stop());
  const { endpoint } = localStack;
  const stacks = [];
  // One after the other: the engine notes for the program's folder which stack is selected.
  for (const choice of choicesFor(["tunnel"])) stacks.push(await openStack(choice, endpoint, folder));
  const deployed = await Promise.all(stacks.map(deploy));
  const api = { endpoint, region: quickstartRegion, vpcIds: deployed.map(({ vpcId }) => vpcId) };
  const packages = (operatingSystem: OperatingSystem): string[] => {
    const here = deployed.map(({ choice }) => choice).filter((choice) => choice.operatingSystem === operatingSystem);
    return [...here.flatMap(({ engine }) => quickstartPackages(engine)), ...testPackages];
  };
  const hosts = await bootHosts({ ...api, images: bakedImages, packages, progress: say });
  cleanUps.push(() => hosts.stop());
  const made = [];
  for (const one of deployed) made.push([nameOf(one.choice), await enter(one, hosts)] as const);
  return new Map(made);
}

/** So that the application's host has a role to take; LocalStack does not enforce what it may do. */
const appPolicies = {
  identity: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:GetCallerIdentity", Resource: "*" }],
  }),
};

/** What tests install on the hosts. */
const testPackages = ["python3-boto3"];

/** One tunnel's hosts install their packages as they boot, the other's find them in their image: it is the same afterwards. */
function imageOf(choice: Choice): { imageId?: string } {
  // A digit of the seed that no dimension has.
  const installing = tunnelEngines[Math.floor(seed / 1000) % tunnelEngines.length];
  return isExhaustive || choice.tunnel === installing ? {} : { imageId: bakedImageId(choice) };
}

interface OpenStack {
  readonly choice: Choice;
  readonly quickstart: Quickstart;
  readonly folder: string;
}

interface Deployed extends OpenStack {
  readonly vpcId: string;
  readonly bastionSubnetId: string;
}

async function openStack(choice: Choice, endpoint: string, parent: string): Promise<OpenStack> {
  const stackName = ["hosts-test", ...Object.values(choice)].join("-");
  const folder = join(parent, stackName);
  mkdirSync(folder, { mode: 0o700 });
  const stack = { stackName, endpoint, folder, plugins: "local", ...choice, progress: say } as const;
  const quickstart = await openQuickstart({ ...stack, ...imageOf(choice), appPolicies });
  cleanUps.push(() => quickstart.stack.workspace.removeStack(stackName, { force: true }));
  return { choice, quickstart, folder };
}

async function deploy(opened: OpenStack): Promise<Deployed> {
  const { stack } = opened.quickstart;
  await upQuickstart(opened.quickstart, () => undefined);
  const outputs = await stack.outputs();
  say(`${stack.name} is deployed`);
  const text = (name: string): string => String(outputs[name]?.value);
  return { ...opened, vpcId: text("vpcId"), bastionSubnetId: text("bastionSubnetId") };
}

async function enter(deployed: Deployed, hosts: Hosts): Promise<TestScene> {
  const { quickstart } = deployed;
  return { ...(await openScene({ ...deployed, hosts })), quickstart };
}

function say(line: string): void {
  console.error(`      ${line}`);
}
