import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bootHosts, type Host, type Hosts } from "../../../lab/hosts/index.js";
import { startLocalStack } from "../../../lab/localstack/startLocalStack.js";
import type { Scene } from "../../../lab/scenario/attempts.js";
import { installApp } from "../../../lab/scenario/installApp.js";
import {
  openQuickstart,
  quickstartPackages,
  quickstartRegion,
  upQuickstart,
  type Quickstart,
} from "../../../lab/scenario/quickstart.js";
import { newSshKey } from "../../../lab/scenario/sshKey.js";
import { authorities, strangersOf, type Authorities } from "../../../lab/scenario/strangers.js";
import { tunnelEngines, type TunnelEngine } from "../../../src/plan/tunnel.js";

/** The quickstart, deployed and booted, with its application and two machines that are not its own. */
export interface TestScene extends Scene {
  readonly engine: TunnelEngine;
  readonly quickstart: Quickstart;
  readonly authorities: Authorities;
  /** A folder of this machine for root alone. */
  readonly folder: string;
}

type Scenes = Readonly<Record<TunnelEngine, TestScene>>;

/** Runs the same tests on the quickstart with each of the tunnel's engines. */
export function describeEachTunnel(
  title: string,
  tests: (scene: () => Promise<TestScene>, engine: TunnelEngine) => void,
): void {
  for (const engine of tunnelEngines) {
    describe(`${title} (${engine})`, () => {
      tests(async () => (await scenes())[engine], engine);
    });
  }
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
  const failures: unknown[] = [];
  for (const cleanUp of cleanUps.reverse()) {
    try {
      await cleanUp();
    } catch (error) {
      // What else was made must go all the same.
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, "Not everything could be taken away.");
});

/** One LocalStack with a VPC for each engine; all hosts boot at once. */
async function open(): Promise<Scenes> {
  const folder = mkdtempSync(join(tmpdir(), "hipaa-redis-hosts-"));
  cleanUps.push(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const localStack = await startLocalStack({ progress: say });
  cleanUps.push(() => localStack.stop());
  const { endpoint } = localStack;
  const deployed = [];
  for (const engine of tunnelEngines) deployed.push(await deploy(engine, endpoint, join(folder, engine)));
  const api = { endpoint, region: quickstartRegion };
  const hosts = await bootHosts({ ...api, packages: quickstartPackages, progress: say });
  cleanUps.push(() => hosts.stop());
  const made = [];
  for (const one of deployed) made.push([one.engine, await enter(one, hosts)] as const);
  return Object.fromEntries(made) as Record<TunnelEngine, TestScene>;
}

interface Deployed {
  readonly engine: TunnelEngine;
  readonly quickstart: Quickstart;
  readonly folder: string;
  readonly vpcId: string;
  readonly bastionSubnetId: string;
}

async function deploy(engine: TunnelEngine, endpoint: string, folder: string): Promise<Deployed> {
  mkdirSync(folder, { mode: 0o700 });
  const stackName = `hosts-test-${engine}`;
  const stack = { stackName, endpoint, folder, plugins: "local", tunnel: engine, progress: say } as const;
  const quickstart = await openQuickstart(stack);
  cleanUps.push(() => quickstart.stack.workspace.removeStack(stackName, { force: true }));
  const { outputs } = await upQuickstart(quickstart, () => undefined);
  say(`${stackName} is deployed`);
  const text = (name: string): string => String(outputs[name]?.value);
  return { engine, quickstart, folder, vpcId: text("vpcId"), bastionSubnetId: text("bastionSubnetId") };
}

async function enter(deployed: Deployed, hosts: Hosts): Promise<TestScene> {
  const { engine, quickstart, folder, vpcId, bastionSubnetId } = deployed;
  const named = (name: string): Host => {
    const found = hosts.all.find((host) => host.vpcId === vpcId && host.name === name);
    if (found === undefined) throw new Error(`No test host ${name} was booted in ${vpcId}.`);
    return found;
  };
  const [appHost, node] = [named("web"), named("sessions-0")];
  const known = await authorities(await quickstart.stack.exportStack(), join(folder, "strangers"));
  return {
    ...{ engine, quickstart, appHost, node, folder },
    app: await installApp(appHost, "web", folder),
    neighbour: await hosts.addProbe({ name: "neighbour", subnetId: appHost.subnetId }),
    bastion: await hosts.addProbe({ name: "bastion", subnetId: bastionSubnetId }),
    operator: { name: quickstart.operator.name, privateKeyFile: quickstart.operator.key.privateKeyFile },
    strangersKeyFile: (await newSshKey(folder, "stranger")).privateKeyFile,
    strangers: await strangersOf(known, join(folder, "strangers")),
    authorities: known,
  };
}

function say(line: string): void {
  console.error(`      ${line}`);
}
