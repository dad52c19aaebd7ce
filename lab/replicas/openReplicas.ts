import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { OpMap, Stack } from "@pulumi/pulumi/automation/index.js";
import { forkOnHost } from "../awsCli/forkOnHost.js";
import { clientOptions } from "../clientOptions.js";
import { up } from "../engine/operations.js";
import { bootHosts, type Host } from "../hosts/index.js";
import { readInstances } from "../hosts/instances.js";
import { emulatorCredentials } from "../scenario/credentials.js";
import { deploy } from "../scenario/deploy.js";
import { installApp } from "../scenario/installApp.js";
import { bakedImage, bakedImageId } from "../scenario/quickstart.js";
import type { TunnelEngine } from "../../src/plan/tunnel.js";
import { onEnd } from "../onEnd.js";
import { waitFor } from "../until.js";
import { neighbours, type Neighbour } from "./neighbours.js";
import { appUser, client, program, type Change } from "./program.js";

export interface OpenReplicas {
  readonly fixtures: readonly ReplicasFixture[];
  /** Takes the hosts away. */
  close(): Promise<void>;
}

/** One cache with its nodes and its app host, all booted. */
export interface ReplicasFixture {
  readonly engine: TunnelEngine;
  readonly stack: Stack;
  /** In their order. A node that is replaced is another host at the same place. */
  readonly nodes: readonly Host[];
  readonly app: Host;
  readonly secrets: SecretsManagerClient;
  readonly neighbour: Neighbour;
  /** `pulumi up` with this change of the cache, beside those before it; tells what it did. */
  change(change: Change): Promise<OpMap>;
  /** Boots the instance that has taken a node's place, if another one has; the old host shuts down first, as EC2 has it. */
  replaceNode(index: number): Promise<boolean>;
}

const region = emulatorCredentials.AWS_REGION;

/** Deploys a cache by each of these tunnels, and boots its hosts. */
export async function openReplicas(
  engines: readonly TunnelEngine[],
  { endpoint, progress }: { readonly endpoint: string; readonly progress: (line: string) => void },
): Promise<OpenReplicas> {
  const folder = mkdtempSync(join(tmpdir(), "hipaa-redis-replicas-"));
  onEnd(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const deployed = await Promise.all(
    engines.map(async (engine) => {
      const stackName = `replicas-${engine}`;
      const options = { endpoint, folder, progress };
      const stack = await deploy({ stackName, projectName: "replicas", program: program(engine), ...options });
      return { engine, ...stack };
    }),
  );
  const hosts = await bootHosts({
    endpoint,
    region,
    images: { [bakedImageId]: bakedImage },
    progress,
    vpcIds: deployed.map(({ vpcId }) => vpcId),
    packages: [],
  });
  await Promise.all(hosts.all.map(forkOnHost));
  const secrets = new SecretsManagerClient(clientOptions({ endpoint, region }));
  const fixtures = await Promise.all(
    deployed.map(async ({ engine, stack, vpcId }) => {
      const named = (name: string): Host => {
        const found = hosts.all.find((host) => host.vpcId === vpcId && host.name === name);
        if (found === undefined) throw new Error(`No test host ${name} was booted in ${vpcId}.`);
        return found;
      };
      const nodes = [0, 1, 2].map((index) => named(`sessions-${index}`));
      const app = named(client);
      await installApp(app, appUser);
      cpSync(join(import.meta.dirname, "writes.mjs"), join(app.rootFolder, "opt/app/writes.mjs"));
      let so: Change = {};
      return {
        engine,
        stack,
        nodes,
        app,
        secrets,
        neighbour: neighbours(hosts, { endpoint, region }),
        change: async (change) => {
          so = { ...so, ...change, rotation: { ...so.rotation, ...change.rotation } };
          const done = Object.entries(await up(stack, { program: program(engine, so) }));
          return Object.fromEntries(done.filter(([operation]) => operation !== "same"));
        },
        replaceNode: async (index) => {
          const old = named(`sessions-${index}`);
          const now = await readInstances({ endpoint, region }, [vpcId]);
          const successor = now.find(({ name }) => name === old.name);
          if (successor === undefined || successor.instanceId === old.instanceId) return false;
          await shutDown(old);
          const node = await hosts.replace(old);
          await forkOnHost(node);
          nodes[index] = node;
          return true;
        },
      } satisfies ReplicasFixture;
    }),
  );
  return {
    fixtures,
    close: () => hosts.stop(),
  };
}

/** Its services stop as when an instance is terminated: until then EC2 reports no end. */
async function shutDown(host: Host): Promise<void> {
  await host.exec(["systemctl", "start", "--no-block", "poweroff.target"]);
  // A command that is in its last moments there is killed with it.
  const isGone = (): Promise<boolean> =>
    host.exec(["true"]).then(
      ({ exitCode }) => exitCode !== 0,
      () => true,
    );
  await waitFor(`${host.name} has shut down`, isGone);
}
