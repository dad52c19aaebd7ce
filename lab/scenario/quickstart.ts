import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LocalWorkspace, type EngineEvent, type Stack } from "@pulumi/pulumi/automation/index.js";
import { imageCloudConfig } from "../../src/host/imageCloudConfig.js";
import { nodePackages } from "../../src/host/nodeUserData.js";
import { defaultEngine, engines, isPackaged, type Engine, type Served } from "../../src/plan/engine.js";
import { operatingSystems, type OperatingSystem } from "../../src/plan/operatingSystem.js";
import { tunnelEngines, type TunnelEngine } from "../../src/plan/tunnel.js";
import { engineEnvironment } from "../engine/engineEnvironment.js";
import { ensureEngine } from "../engine/ensureEngine.js";
import { up } from "../engine/operations.js";
import { pulumiCommand } from "../engine/pulumiCommand.js";
import { pluginFolder } from "../plugins/pluginFolder.js";
import type { ImageRecipe } from "../hosts/index.js";
import { repositoryRoot } from "../stateFolder.js";
import { emulatorCredentials, newPassphrase } from "./credentials.js";
import { newSshKey, type SshKey } from "./sshKey.js";

export type PluginChoice = "local" | "official";

/** The quickstart's stack on a LocalStack, run by the real engine from the program at the root. */
export interface Quickstart {
  readonly stack: Stack;
  readonly operator: { readonly name: string; readonly key: SshKey };
  /** What a shell needs to run `pulumi` on this stack. */
  readonly environment: Readonly<Record<string, string>>;
}

export const quickstartRegion = emulatorCredentials.AWS_REGION;

/** The `Name` tags of the quickstart's instances. */
export const quickstartHosts = { node: "sessions-0", appHost: "web" } as const;

/** Debian packages that the quickstart's hosts install, whatever the tunnel: a node has all that an app host has. */
export function quickstartPackages(engine: Engine = defaultEngine): string[] {
  return [...new Set(tunnelEngines.flatMap((tunnel) => nodePackages(tunnel, engine)))];
}

/** Images of the account's own in LocalStack's list (lab/localstack/amis.json), as examples/baked-image makes them. */
export const bakedImageIds: Readonly<Record<OperatingSystem, string>> = {
  "debian-13": "ami-0a1d4be11aa13d003",
  "debian-12": "ami-0a1d4be11aa12d003",
};

/** The one of them that has Valkey. */
const valkeyImageId = "ami-0a1d4be11aa13d005";

/** The account's own image with the packages of a cache that serves this. */
export function bakedImageId({ operatingSystem, engine }: Served): string {
  return engine === "valkey" ? valkeyImageId : bakedImageIds[operatingSystem];
}

/** As the quickstart's configuration has them, where the cache has several nodes. */
const threeZones = Object.fromEntries(
  ["a", "b", "c"].map((zone, index) => [`availabilityZones[${index}]`, { value: `${quickstartRegion}${zone}` }]),
);

/** Debian's own there, which have none of the packages. */
export const debianImageIds: Readonly<Record<OperatingSystem, string>> = {
  "debian-13": "ami-0a1d4be11aa13d001",
  "debian-12": "ami-0a1d4be11aa12d001",
};

/** How the lab makes the account's own images: by the library's own user data for them. */
export const bakedImages: Readonly<Record<string, ImageRecipe>> = {
  ...Object.fromEntries(
    operatingSystems.flatMap((operatingSystem) =>
      engines
        .map((engine) => ({ operatingSystem, engine }))
        .filter(isPackaged)
        .map(baked),
    ),
  ),
};

function baked(served: Served): [id: string, recipe: ImageRecipe] {
  const { operatingSystem, engine } = served;
  const userData = imageCloudConfig({ operatingSystem, engine });
  return [bakedImageId(served), { operatingSystem, userData, packages: quickstartPackages(engine) }];
}

export async function openQuickstart(options: {
  readonly stackName: string;
  readonly endpoint: string;
  readonly folder: string;
  readonly plugins: PluginChoice;
  /** By default the library's own choice. */
  readonly tunnel?: TunnelEngine;
  /** Of all its hosts; by default the library's own choice. */
  readonly operatingSystem?: OperatingSystem;
  /** What holds the values; by default the library's own choice. */
  readonly engine?: Engine;
  /** How many replicas the cache has, or each of its shards; by default none. */
  readonly replicas?: number;
  /** How many shards the cache has; by default one. With replicas or shards it is in three zones, else in one. */
  readonly shards?: number;
  /** An image that has the packages in it; by default Debian's own, which has none of them. */
  readonly imageId?: string;
  /** What the application may do in AWS, by IAM policies; by default nothing. */
  readonly appPolicies?: Readonly<Record<string, string>>;
  /** Whether the engine's Node.js checks the program's types before it runs it, as it does for a user; by default not. */
  readonly checksTypes?: boolean;
  readonly progress: (line: string) => void;
}): Promise<Quickstart> {
  const { stackName, endpoint, folder, plugins, tunnel, operatingSystem, engine, imageId, progress } = options;
  const { replicas = 0, shards = 1, appPolicies = {}, checksTypes = false } = options;
  const pulumi = await ensureEngine(progress);
  const environment = {
    ...engineEnvironment(pulumi, plugins === "local" ? await pluginFolder() : undefined),
    ...emulatorCredentials,
    AWS_ENDPOINT_URL: endpoint,
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_CONFIG_PASSPHRASE: newPassphrase(),
    PULUMI_NODEJS_TRANSPILE_ONLY: String(!checksTypes),
  };
  // The state is new, so what a killed run has left of the stack's settings would not fit its passphrase.
  rmSync(join(repositoryRoot, `Pulumi.${stackName}.yaml`), { force: true });
  const stack = await LocalWorkspace.createStack(
    { stackName, workDir: repositoryRoot },
    { envVars: environment, pulumiCommand: await pulumiCommand(pulumi) },
  );
  const operator = { name: "ada", key: await newSshKey(folder, "ada") };
  const config = {
    "operators[0].name": { value: operator.name },
    "operators[0].sshPublicKey": { value: operator.key.publicKey },
    ...(tunnel === undefined ? {} : { tunnel: { value: tunnel } }),
    ...(operatingSystem === undefined ? {} : { operatingSystem: { value: operatingSystem } }),
    ...(engine === undefined ? {} : { engine: { value: engine } }),
    ...(replicas === 0 ? {} : { replicas: { value: String(replicas) } }),
    ...(shards === 1 ? {} : { shards: { value: String(shards) } }),
    ...(replicas === 0 && shards === 1 ? {} : threeZones),
    ...(imageId === undefined ? {} : { imageId: { value: imageId } }),
    ...Object.fromEntries(Object.entries(appPolicies).map(([name, value]) => [`appPolicies.${name}`, { value }])),
  };
  await stack.setAllConfig(config, true);
  return { stack, operator, environment };
}

/** `pulumi up`; returns how many resources changed, and how many there are. */
export async function upQuickstart(
  { stack }: Quickstart,
  progress: (line: string) => void,
): Promise<{ changes: number; resources: number }> {
  const onEvent = ({ resOutputsEvent }: EngineEvent): void => {
    const step = resOutputsEvent?.metadata;
    if (step !== undefined && step.op !== "same") progress(`${step.op} ${step.urn.split("::").slice(2).join(" ")}`);
  };
  const { same = 0, ...changed } = await up(stack, { onEvent });
  const changes = Object.values(changed).reduce((sum, count) => sum + count, 0);
  return { changes, resources: same + changes };
}

/** A file that a shell can source to use `pulumi` on the stack by hand. It holds the passphrase: for its owner only. */
export function writeEnvironmentFile(path: string, environment: Readonly<Record<string, string>>): void {
  const lines = Object.entries(environment).map(([key, value]) => `export ${key}='${value}'\n`);
  writeFileSync(path, lines.join(""), { mode: 0o600 });
}
