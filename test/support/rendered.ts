import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { repositoryRoot } from "../../lab/stateFolder.js";
import type { CacheArguments } from "../../src/arguments/cacheArguments.js";
import type { CloudConfig, CloudFile } from "../../src/host/cloudConfig.js";
import { clientCloudConfig } from "../../src/host/clientUserData.js";
import { imageCloudConfig } from "../../src/host/imageCloudConfig.js";
import { nodeUserData } from "../../src/host/nodeUserData.js";
import { planClient } from "../../src/plan/clientPlan.js";
import { tunnelEngines, type TunnelEngine } from "../../src/plan/tunnel.js";
import { clusterConnection, sampleConnection, samplePlan, sharded } from "./sample.js";

/** Files by their path on a host, without the slash in front. */
type Files = ReadonlyMap<string, string>;

/** Where the committed form of a host's files lies. */
export const renderedFolder = join(repositoryRoot, "test/data/rendered");

/**
 * All that each kind of host is told by its user data: its files, and in `cloud-config.yaml` the rest, where scripts and
 * files stand by name. Of the second tunnel, and of an application with a role, only what differs from the first. Scripts
 * have files of their own in src.
 */
export function renderedHosts(): ReadonlyMap<string, Files> {
  const [first, ...others] = tunnelEngines;
  const entries = (["node", "app-host"] as const).flatMap((kind) => {
    const base = filesOf(render[kind](first));
    return [
      [`${kind}/${first}`, base] as const,
      ...others.map((tunnel) => [`${kind}/${tunnel}`, without(filesOf(render[kind](tunnel)), base)] as const),
    ];
  });
  const appRoleArn = "arn:aws:iam::123456789012:role/web";
  const withRole = without(filesOf(appHost(first, appRoleArn)), filesOf(appHost(first)));
  const ofCluster = tunnelEngines.flatMap((tunnel) => {
    const node = without(filesOf(render.node(tunnel, sharded())), filesOf(render.node(tunnel)));
    const app = without(filesOf(appHostOfCluster(tunnel)), filesOf(appHost(tunnel)));
    return [[`node/cluster-${tunnel}`, node] as const, [`app-host/cluster-${tunnel}`, app] as const];
  });
  return new Map([...entries, ...ofCluster, ["app-host/role", withRole], ["image", filesOf(imageCloudConfig())]]);
}

/** The same, as it is committed. */
export function committed(host: string): Files {
  const folder = join(renderedFolder, host);
  return new Map(
    readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]),
  );
}

const render = {
  node: (tunnel: TunnelEngine, shape: Partial<CacheArguments> = {}): string => {
    const plan = samplePlan({ ...shape, tunnel, operators: [{ name: "ada", sshPublicKey: "ssh-ed25519 AAAA ada" }] });
    const [node] = plan.nodes;
    if (node === undefined) throw new Error("The sample has no node.");
    const { region, secretArn } = sampleConnection;
    return nodeUserData(plan, node, { region, secretArn });
  },
  "app-host": (tunnel: TunnelEngine): string => appHost(tunnel),
};

function appHost(tunnel: TunnelEngine, appRoleArn?: string): string {
  const plan = planClient("web", { appUser: "app", localPort: 6380, tunnel });
  return clientCloudConfig(plan, sampleConnection, { appRoleArn });
}

function appHostOfCluster(tunnel: TunnelEngine): string {
  return clientCloudConfig(planClient("web", { appUser: "app", tunnel }), clusterConnection());
}

function filesOf(text: string): Files {
  const { write_files: files = [], ...rest } = parse(text) as CloudConfig;
  const named = files.map(({ path, permissions }) => `${permissions} ${path}`);
  const config = `#cloud-config\n${stringify({ ...rest, write_files: named }, { lineWidth: 0 })}`;
  return new Map([
    ["cloud-config.yaml", config],
    ...files.filter(isNoScript).map(({ path, content }) => [path.slice(1), content] as const),
  ]);
}

function isNoScript({ content }: CloudFile): boolean {
  return !content.startsWith("#!");
}

function without(files: Files, others: Files): Files {
  return new Map([...files].filter(([path, content]) => others.get(path) !== content));
}
