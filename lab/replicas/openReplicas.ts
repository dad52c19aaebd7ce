import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { OpMap, Stack } from "@pulumi/pulumi/automation/index.js";
import { forkOnHost } from "../awsCli/forkOnHost.js";
import { clientOptions } from "../clientOptions.js";
import { up } from "../engine/operations.js";
import { bootHosts, type Host } from "../hosts/index.js";
import { emulatorCredentials } from "../scenario/credentials.js";
import { deploy } from "../scenario/deploy.js";
import { installApp } from "../scenario/installApp.js";
import type { Choice } from "../scenario/dimensions.js";
import { bakedImages } from "../scenario/quickstart.js";
import { onEnd } from "../onEnd.js";
import { nodesOf, type Booted, type ChangedNodes } from "./followNodes.js";
import { neighbours, type Neighbour } from "./neighbours.js";
import { appUser, client, program, type Change, type Shape } from "./program.js";

export interface OpenReplicas {
  readonly fixtures: readonly ReplicasFixture[];
  /** Takes the hosts away. */
  close(): Promise<void>;
}

/** A cache that is to be opened. */
export interface Opening {
  readonly choice: Choice;
  readonly shape: Shape;
}

/** One cache with its nodes and its app host, all booted. */
export interface ReplicasFixture {
  readonly choice: Choice;
  readonly shape: Shape;
  readonly stack: Stack;
  /** In the order of their names. A node that is replaced is another host at the same place. */
  readonly nodes: readonly Host[];
  readonly app: Host;
  readonly secrets: SecretsManagerClient;
  readonly neighbour: Neighbour;
  /** `pulumi up` with this change of the cache, beside those before it; tells what it did. */
  change(change: Change): Promise<OpMap>;
  /** The same where it makes, replaces or takes away nodes: hosts boot and shut down meanwhile; tells which, in their order. */
  changeNodes(change: Change): Promise<ChangedNodes & { readonly done: OpMap }>;
}

const region = emulatorCredentials.AWS_REGION;

/** Deploys these caches, and boots their hosts. */
export async function openReplicas(
  openings: readonly Opening[],
  {
    endpoint,
    progress,
    booted,
  }: { readonly endpoint: string; readonly progress: (line: string) => void; readonly booted?: Booted },
): Promise<OpenReplicas> {
  const folder = mkdtempSync(join(tmpdir(), "hipaa-redis-replicas-"));
  onEnd(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const deployed = await Promise.all(
    openings.map(async ({ choice, shape }) => {
      const kind = shape.shards === undefined ? "replicas" : "shards";
      const stackName = [kind, ...Object.values(choice)].join("-");
      const options = { endpoint, folder, progress };
      const stack = await deploy({ stackName, projectName: "replicas", program: program(choice, shape), ...options });
      return { choice, shape, ...stack };
    }),
  );
  const hosts = await bootHosts({
    endpoint,
    region,
    images: bakedImages,
    progress,
    vpcIds: deployed.map(({ vpcId }) => vpcId),
    packages: () => [],
  });
  await Promise.all(hosts.all.map(forkOnHost));
  const secrets = new SecretsManagerClient(clientOptions({ endpoint, region }));
  const fixtures = await Promise.all(
    deployed.map(async ({ choice, shape, stack, vpcId }) => {
      const nodes = nodesOf(hosts, { endpoint, region, vpcId, booted });
      const app = hosts.all.find((host) => host.vpcId === vpcId && host.name === client);
      if (app === undefined) throw new Error(`No test host ${client} was booted in ${vpcId}.`);
      await installApp(app, appUser);
      cpSync(join(import.meta.dirname, "writes.mjs"), join(app.rootFolder, "opt/app/writes.mjs"));
      let so: Change = {};
      const change = async (further: Change): Promise<OpMap> => {
        so = { ...so, ...further, rotation: { ...so.rotation, ...further.rotation } };
        const done = Object.entries(await up(stack, { program: program(choice, shape, so) }));
        return Object.fromEntries(done.filter(([operation]) => operation !== "same"));
      };
      return {
        ...{ choice, shape, stack, app, secrets, change },
        get nodes() {
          return nodes.all();
        },
        neighbour: neighbours(hosts, { endpoint, region }),
        changeNodes: async (further) => {
          const following = nodes.follow();
          const [done, changed] = await Promise.all([change(further).finally(following.end), following.changed]);
          return { done, ...changed };
        },
      } satisfies ReplicasFixture;
    }),
  );
  return {
    fixtures,
    close: () => hosts.stop(),
  };
}
