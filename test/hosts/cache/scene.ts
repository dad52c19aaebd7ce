import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bootHosts, type Host, type Hosts, type Probe } from "../../../lab/hosts/index.js";
import { startLocalStack } from "../../../lab/localstack/startLocalStack.js";
import { installApp, type App } from "../../../lab/scenario/installApp.js";
import {
  openQuickstart,
  quickstartPackages,
  quickstartRegion,
  upQuickstart,
  type Quickstart,
} from "../../../lab/scenario/quickstart.js";
import { newSshKey } from "../../../lab/scenario/sshKey.js";

/** The quickstart, deployed and booted, with its application and two machines that are not its own. */
export interface TestScene {
  readonly quickstart: Quickstart;
  readonly hosts: Hosts;
  readonly appHost: Host;
  readonly node: Host;
  readonly app: App;
  readonly neighbour: Probe;
  readonly bastion: Probe;
  readonly operator: { readonly name: string; readonly privateKeyFile: string };
  readonly strangersKeyFile: string;
}

let opened: Promise<TestScene> | undefined;
const cleanUps: (() => unknown)[] = [];

/** The scene that all tests of this run share: made by the first who asks, taken away when all are done. */
export function scene(): Promise<TestScene> {
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

async function open(): Promise<TestScene> {
  const folder = mkdtempSync(join(tmpdir(), "hipaa-redis-hosts-"));
  cleanUps.push(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const localStack = await startLocalStack({ progress: say });
  cleanUps.push(() => localStack.stop());
  const { endpoint } = localStack;
  const stack = { stackName: "hosts-test", endpoint, folder, plugins: "local", progress: say } as const;
  const quickstart = await openQuickstart(stack);
  cleanUps.push(() => quickstart.stack.workspace.removeStack(stack.stackName, { force: true }));
  const { outputs } = await upQuickstart(quickstart, () => undefined);
  const api = { endpoint, region: quickstartRegion };
  const hosts = await bootHosts({ ...api, packages: quickstartPackages, progress: say });
  cleanUps.push(() => hosts.stop());
  const [appHost, node] = [hosts.byName("web"), hosts.byName("sessions-0")];
  const bastionSubnetId = String(outputs.bastionSubnetId?.value);
  return {
    ...{ quickstart, hosts, appHost, node },
    app: await installApp(appHost, "web", folder),
    neighbour: await hosts.addProbe({ name: "neighbour", subnetId: appHost.subnetId }),
    bastion: await hosts.addProbe({ name: "bastion", subnetId: bastionSubnetId }),
    operator: { name: quickstart.operator.name, privateKeyFile: quickstart.operator.key.privateKeyFile },
    strangersKeyFile: (await newSshKey(folder, "stranger")).privateKeyFile,
  };
}

function say(line: string): void {
  console.error(`      ${line}`);
}
