import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { forkOnHost } from "../../../lab/awsCli/forkOnHost.js";
import { clientOptions } from "../../../lab/clientOptions.js";
import { up } from "../../../lab/engine/operations.js";
import { bootHosts, type Host } from "../../../lab/hosts/index.js";
import { emulatorCredentials } from "../../../lab/scenario/credentials.js";
import { deploy } from "../../../lab/scenario/deploy.js";
import { installApp } from "../../../lab/scenario/installApp.js";
import { nameOf, type Choice } from "../../../lab/scenario/dimensions.js";
import { bakedImages } from "../../../lab/scenario/quickstart.js";
import type { Connection } from "../../../src/arguments/connection.js";
import { mixedChoices } from "../../support/dimensions.js";
import { localStackOfRun } from "../../support/localStack.js";
import { undoAll } from "../../support/undoAll.js";
import { deployOnDebian, failsOnDebian } from "../image/onDebian.js";
import { stopTimers } from "./onHosts.js";
import type { RotationFixture } from "./rotationFixture.js";
import { appUser, program, stayingClients } from "./program.js";

const region = emulatorCredentials.AWS_REGION;
const cleanUps: (() => unknown)[] = [];
let opened: Promise<Opened> | undefined;

interface Opened {
  readonly fixtures: readonly RotationFixture[];
  readonly onDebian: readonly Host[];
}

/** The fixture of a choice; with every tunnel one is made by the first who asks, and taken away when all tests are done. */
export async function rotationFixture(choice: Choice): Promise<RotationFixture> {
  opened ??= open();
  const found = (await opened).fixtures.find((fixture) => nameOf(fixture.choice) === nameOf(choice));
  if (found === undefined) throw new Error(`There is no fixture of ${nameOf(choice)}.`);
  return found;
}

/** The hosts of test/hosts/image, which are booted with these. */
export async function hostsOnDebian(): Promise<readonly Host[]> {
  opened ??= open();
  return (await opened).onDebian;
}

after("take the hosts away", async function () {
  this.timeout(120_000);
  await opened?.catch(() => undefined);
  await undoAll(cleanUps, "Not everything could be taken away");
});

async function open(): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), "hipaa-redis-rotation-"));
  cleanUps.push(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const localStack = await localStackOfRun(say);
  cleanUps.push(() => localStack.stop());
  const { endpoint } = localStack;
  const [onDebian, ...deployed] = await Promise.all([
    deployOnDebian({ endpoint, folder, progress: say }),
    ...mixedChoices(["tunnel"]).map(async (choice) => {
      const stackName = ["rotation", ...Object.values(choice)].join("-");
      const options = { endpoint, folder, progress: say };
      const stack = await deploy({ stackName, projectName: "rotation", program: program(choice, {}), ...options });
      return { choice, ...stack };
    }),
  ]);
  cleanUps.push(onDebian.remove);
  const hosts = await bootHosts({
    endpoint,
    region,
    images: bakedImages,
    progress: say,
    vpcIds: [onDebian, ...deployed].map(({ vpcId }) => vpcId),
    packages: () => ["faketime"],
    mayFail: failsOnDebian,
  });
  cleanUps.push(() => hosts.stop());
  const baked = hosts.all.filter(({ vpcId }) => vpcId !== onDebian.vpcId);
  await installApps(baked);
  await Promise.all(baked.map(forkOnHost));
  const secrets = new SecretsManagerClient(clientOptions({ endpoint, region }));
  const fixtures = deployed.map(({ choice, stack, vpcId }) => {
    const named = (name: string): Host => {
      const found = hosts.all.find((host) => host.vpcId === vpcId && host.name === name);
      if (found === undefined) throw new Error(`No test host ${name} was booted in ${vpcId}.`);
      return found;
    };
    return {
      choice,
      stack,
      secrets,
      node: named("sessions-0"),
      apps: stayingClients.map(named),
      change: async (change) => {
        const done = Object.entries(await up(stack, { program: program(choice, change) }));
        return Object.fromEntries(done.filter(([operation]) => operation !== "same"));
      },
      replaceNode: async () => {
        const node = await hosts.replace(named("sessions-0"));
        await forkOnHost(node);
        return node;
      },
      connection: async (client) => {
        const { connections } = await stack.outputs();
        const found = (connections?.value as Record<string, Connection>)[client];
        if (found === undefined) throw new Error(`The cache has no client ${client}.`);
        return found;
      },
    } satisfies RotationFixture;
  });
  await Promise.all(fixtures.map(({ node, apps }) => stopTimers([node, ...apps])));
  return { fixtures, onDebian: hosts.all.filter((host) => !baked.includes(host)) };
}

async function installApps(hosts: readonly Host[]): Promise<void> {
  for (const host of hosts.filter(({ name }) => stayingClients.includes(name))) {
    await installApp(host, appUser);
    cpSync(join(import.meta.dirname, "load.mjs"), join(host.rootFolder, "opt/app/load.mjs"));
  }
}

function say(line: string): void {
  console.error(`      ${line}`);
}
