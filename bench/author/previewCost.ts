import assert from "node:assert/strict";
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
import { result, type Result } from "../figures/result.js";

const programs = ["byHand", "withLibrary"] as const;
const stackName = "bench";
type Program = (typeof programs)[number];

interface Cost {
  readonly seconds: number;
  /** Processor time of the program: unlike the seconds, it does not grow much when the machine is busy. */
  readonly cpuSeconds: number;
  readonly maxRssMb: number;
  /** Type and name of every resource but the components and the stack. */
  readonly resources: readonly string[];
}

/** Wall-clock and memory of `pulumi preview` of caches, beside the same resources written by hand. */
export async function previewCost(
  cacheCounts: readonly number[],
  rounds: number,
  progress: (line: string) => void,
): Promise<Result[]> {
  const localStack = await startLocalStack({ progress });
  const folder = mkdtempSync(join(tmpdir(), "author-bench-"));
  try {
    const stacks = {
      byHand: await openStack("byHand", folder, localStack.endpoint, progress),
      withLibrary: await openStack("withLibrary", folder, localStack.endpoint, progress),
    };
    // The first preview of each fills the file cache and is not counted; a single round tells no time that counts.
    if (rounds > 1) await previewBoth(stacks, 1, usageFile(folder), programs);
    const rows: Row[] = [];
    for (const caches of cacheCounts) {
      rows.push({ caches, costs: await measure(stacks, caches, rounds, usageFile(folder), progress) });
    }
    return [...rows.flatMap(compare), ...linearity(rows.slice(-3))];
  } finally {
    await localStack.stop();
    for (const program of programs) removeStackSettings(program);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What all rounds of one number of caches have cost. */
interface Row {
  readonly caches: number;
  readonly costs: Readonly<Record<Program, readonly Cost[]>>;
}

async function measure(
  stacks: Record<Program, Stack>,
  caches: number,
  rounds: number,
  usage: string,
  progress: (line: string) => void,
): Promise<Row["costs"]> {
  const costs: Record<Program, Cost[]> = { byHand: [], withLibrary: [] };
  for (let round = 1; round <= rounds; round += 1) {
    // Who goes first changes, so that neither has the warmer machine.
    const order = round % 2 === 0 ? programs : [...programs].reverse();
    const both = await previewBoth(stacks, caches, usage, order);
    for (const program of order) {
      const cost = both[program];
      progress(`${caches} caches, round ${round} of ${rounds}, ${program}: ${cost.seconds.toFixed(2)} s`);
      costs[program].push(cost);
    }
  }
  return costs;
}

const figures = {
  seconds: { what: "time", unit: "s" },
  cpuSeconds: { what: "CPU of the program", unit: "s" },
  maxRssMb: { what: "memory of the program", unit: "MB" },
} as const;
type Figure = keyof typeof figures;
const figureNames = Object.keys(figures) as Figure[];

function compare({ caches, costs }: Row): Result[] {
  const [hand, library] = [costs.byHand, costs.withLibrary];
  const label = `preview of ${caches} ${caches === 1 ? "cache" : "caches"}`;
  const values = (of: readonly Cost[], figure: Figure): number[] => of.map((cost) => cost[figure]);
  const ratios = (figure: Figure): number[] =>
    library.map((cost, index) => cost[figure] / (hand[index]?.[figure] ?? NaN));
  return [
    result(`${label}: resources, without components`, "resources", [hand[0]?.resources.length ?? NaN]),
    ...figureNames.flatMap((figure) => {
      const { what, unit } = figures[figure];
      return [
        result(`${label}, by hand: ${what}`, unit, values(hand, figure)),
        result(`${label}, with the library: ${what}`, unit, values(library, figure)),
        result(`${label}, ratio: ${what}`, "ratio", ratios(figure), { atMost: 1.1 }),
      ];
    }),
  ];
}

/** What a cache more costs between the two larger of three numbers of caches, beside between the two smaller ones. */
function linearity(rows: readonly Row[]): Result[] {
  const [small, middle, large] = rows;
  if (small === undefined || middle === undefined || large === undefined) return [];
  const [from, to] = [`${small.caches} to ${middle.caches}`, `${middle.caches} to ${large.caches}`];
  return figureNames.map((figure) => {
    const slopes = (one: Row, other: Row): number[] =>
      other.costs.withLibrary.map((cost, round) => {
        const before = one.costs.withLibrary[round]?.[figure] ?? NaN;
        return (cost[figure] - before) / (other.caches - one.caches);
      });
    const first = slopes(small, middle);
    const ratios = slopes(middle, large).map((slope, round) => slope / (first[round] ?? NaN));
    const name = figures[figure].what;
    return result(`a cache more from ${to}, ratio to one more from ${from}: ${name}`, "ratio", ratios, {
      atMost: 1.1,
    });
  });
}

/** One preview of each program, which must make the same resources. */
async function previewBoth(
  stacks: Record<Program, Stack>,
  caches: number,
  usage: string,
  order: readonly Program[],
): Promise<Record<Program, Cost>> {
  const costs: Partial<Record<Program, Cost>> = {};
  for (const program of order) costs[program] = await preview(stacks[program], caches, usage);
  const { byHand, withLibrary } = costs as Record<Program, Cost>;
  assert.deepEqual(withLibrary.resources, byHand.resources, "Both programs must make the same resources.");
  return { byHand, withLibrary };
}

async function preview(stack: Stack, caches: number, usage: string): Promise<Cost> {
  await stack.setConfig("caches", { value: String(caches) });
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
