import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bootHosts, type Hosts } from "../../../lab/hosts/index.js";
import {
  bakedImage,
  bakedImageId,
  openQuickstart,
  quickstartPackages,
  quickstartRegion,
  upQuickstart,
  type Quickstart,
} from "../../../lab/scenario/quickstart.js";
import type { Dimension } from "../../../lab/scenario/dimensions.js";
import { openScene, type Scene } from "../../../lab/scenario/scene.js";
import { tunnelEngines, type TunnelEngine } from "../../../src/plan/tunnel.js";
import { describeOver, isExhaustive, seed } from "../../support/dimensions.js";
import { localStackOfRun } from "../../support/localStack.js";
import { undoAll } from "../../support/undoAll.js";

/** The scene, and the stack that it was deployed from. */
export interface TestScene extends Scene {
  readonly quickstart: Quickstart;
}

type Scenes = Readonly<Record<TunnelEngine, TestScene>>;

/** Declares tests on the booted quickstart, over the dimensions that they depend on. */
export function describeOnHosts(
  dependsOn: readonly Dimension[],
  title: string,
  tests: (scene: () => Promise<TestScene>, engine: TunnelEngine) => void,
): void {
  describeOver(dependsOn, title, ({ tunnel }) => {
    tests(async () => (await scenes())[tunnel], tunnel);
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

/** One LocalStack with a VPC for each engine; all hosts boot at once. */
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
  for (const engine of tunnelEngines) stacks.push(await openStack(engine, endpoint, join(folder, engine)));
  const deployed = await Promise.all(stacks.map(deploy));
  const api = { endpoint, region: quickstartRegion, vpcIds: deployed.map(({ vpcId }) => vpcId) };
  const images = { [bakedImageId]: bakedImage };
  const packages = [...quickstartPackages, ...testPackages];
  const hosts = await bootHosts({ ...api, images, packages, progress: say });
  cleanUps.push(() => hosts.stop());
  const made = [];
  for (const one of deployed) made.push([one.engine, await enter(one, hosts)] as const);
  return Object.fromEntries(made) as Record<TunnelEngine, TestScene>;
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

/** One engine's hosts install their packages as they boot, the other's find them in their image: it is the same afterwards. */
function imageOf(engine: TunnelEngine): { imageId?: string } {
  // A digit of the seed that no dimension has.
  const installing = tunnelEngines[Math.floor(seed / 1000) % tunnelEngines.length];
  return isExhaustive || engine === installing ? {} : { imageId: bakedImageId };
}

interface OpenStack {
  readonly engine: TunnelEngine;
  readonly quickstart: Quickstart;
  readonly folder: string;
}

interface Deployed extends OpenStack {
  readonly vpcId: string;
  readonly bastionSubnetId: string;
}

async function openStack(engine: TunnelEngine, endpoint: string, folder: string): Promise<OpenStack> {
  mkdirSync(folder, { mode: 0o700 });
  const stackName = `hosts-test-${engine}`;
  const stack = { stackName, endpoint, folder, plugins: "local", tunnel: engine, progress: say } as const;
  const quickstart = await openQuickstart({ ...stack, ...imageOf(engine), appPolicies });
  cleanUps.push(() => quickstart.stack.workspace.removeStack(stackName, { force: true }));
  return { engine, quickstart, folder };
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
