import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation/index.js";
import { engineEnvironment } from "../../lab/engine/engineEnvironment.js";
import { ensureEngine } from "../../lab/engine/ensureEngine.js";
import { pulumiCommand } from "../../lab/engine/pulumiCommand.js";
import { startLocalStack } from "../../lab/localstack/startLocalStack.js";
import { pluginFolder } from "../../lab/plugins/pluginFolder.js";
import { emulatorCredentials, newPassphrase } from "../../lab/scenario/credentials.js";

const stackName = "bench";

/** A program in the folder of the same name below programs. */
type Program = "byHand" | "withLibrary" | "withShards";

/** What one preview has cost. */
export interface Cost {
  readonly seconds: number;
  /** Processor time of the program: unlike the seconds, it does not grow much when the machine is busy. */
  readonly cpuSeconds: number;
  readonly maxRssMb: number;
  /** Type and name of every resource but the components and the stack. */
  readonly resources: readonly string[];
}

/** Previews a program for so many caches, or shards. */
export type Preview = (count: number) => Promise<Cost>;

/** Opens a stack for each of these programs on a LocalStack of its own, which ends with what is done with them. */
export async function withPreviews<Name extends Program, Result>(
  programs: readonly Name[],
  progress: (line: string) => void,
  use: (previews: Readonly<Record<Name, Preview>>) => Promise<Result>,
): Promise<Result> {
  const localStack = await startLocalStack({ progress });
  const folder = mkdtempSync(join(tmpdir(), "author-bench-"));
  try {
    const opened: [Name, Preview][] = [];
    for (const program of programs) {
      const stack = await openStack(program, folder, localStack.endpoint, progress);
      opened.push([program, (count) => preview(stack, count, usageFile(folder))]);
    }
    return await use(Object.fromEntries(opened) as Record<Name, Preview>);
  } finally {
    await localStack.stop();
    programs.forEach(removeStackSettings);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function preview(stack: Stack, count: number, usage: string): Promise<Cost> {
  await stack.setConfig("count", { value: String(count) });
  const resources: string[] = [];
  const started = performance.now();
  await stack.preview({
    onEvent: ({ resourcePreEvent }) => {
      const { op, type, urn } = resourcePreEvent?.metadata ?? {};
      if (op !== "create" || type === undefined || urn === undefined) return;
      if (/^(pulumi|pulumi-hipaa-redis):/.test(type)) return;
      resources.push(`${type} ${urn.split("::").at(-1) ?? ""}`);
    },
  });
  const seconds = (performance.now() - started) / 1000;
  const used = JSON.parse(readFileSync(usage, "utf8")) as NodeJS.ResourceUsage;
  const cpuSeconds = (used.userCPUTime + used.systemCPUTime) / 1e6;
  return { seconds, cpuSeconds, maxRssMb: used.maxRSS / 1024, resources: resources.sort() };
}

async function openStack(
  program: Program,
  folder: string,
  endpoint: string,
  progress: (line: string) => void,
): Promise<Stack> {
  const engine = await ensureEngine(progress);
  removeStackSettings(program);
  return LocalWorkspace.createStack(
    { stackName, workDir: programFolder(program) },
    {
      pulumiCommand: await pulumiCommand(engine),
      secretsProvider: "passphrase",
      envVars: {
        ...engineEnvironment(engine, await pluginFolder()),
        ...emulatorCredentials,
        AWS_ENDPOINT_URL: endpoint,
        PULUMI_BACKEND_URL: `file://${folder}`,
        PULUMI_CONFIG_PASSPHRASE: newPassphrase(),
        // The programs' types are the static checks' matter: what is measured is what they do.
        PULUMI_NODEJS_TRANSPILE_ONLY: "true",
        AUTHOR_BENCH_USAGE_FILE: usageFile(folder),
      },
    },
  );
}

/** They are of the run's own passphrase; one that was killed has left them. */
function removeStackSettings(program: Program): void {
  rmSync(join(programFolder(program), `Pulumi.${stackName}.yaml`), { force: true });
}

function programFolder(program: Program): string {
  return join(import.meta.dirname, "programs", program);
}

function usageFile(folder: string): string {
  return join(folder, "usage.json");
}
