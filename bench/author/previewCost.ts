import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation/index.js";
import { engineEnvironment } from "../../lab/engine/engineEnvironment.js";
import { ensureEngine } from "../../lab/engine/ensureEngine.js";
import { startLocalStack } from "../../lab/localstack/startLocalStack.js";
import { pluginFolder } from "../../lab/plugins/pluginFolder.js";
import { emulatorCredentials, newPassphrase } from "../../lab/scenario/credentials.js";
import { result, type Result } from "../figures/result.js";

const programs = ["byHand", "withLibrary"] as const;
const stackName = "bench";
type Program = (typeof programs)[number];

interface Cost {
  readonly seconds: number;
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
    // The first preview of each fills the file cache and is not counted.
    for (const program of programs) await preview(stacks[program], 1, memoryFile(folder));
    const rows: Row[] = [];
    for (const caches of cacheCounts) {
      rows.push({ caches, costs: await measure(stacks, caches, rounds, memoryFile(folder), progress) });
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
  memory: string,
  progress: (line: string) => void,
): Promise<Row["costs"]> {
  const costs: Record<Program, Cost[]> = { byHand: [], withLibrary: [] };
  for (let round = 1; round <= rounds; round += 1) {
    // Who goes first changes, so that neither has the warmer machine.
    for (const program of round % 2 === 0 ? programs : [...programs].reverse()) {
      const cost = await preview(stacks[program], caches, memory);
      progress(`${caches} caches, round ${round} of ${rounds}, ${program}: ${cost.seconds.toFixed(2)} s`);
      costs[program].push(cost);
    }
  }
  return costs;
}

type Figure = "seconds" | "maxRssMb";

function compare({ caches, costs }: Row): Result[] {
  const [hand, library] = [costs.byHand, costs.withLibrary];
  assert.deepEqual(library[0]?.resources, hand[0]?.resources, "Both programs must make the same resources.");
  const label = `preview of ${caches} ${caches === 1 ? "cache" : "caches"}`;
  const values = (of: readonly Cost[], figure: Figure): number[] => of.map((cost) => cost[figure]);
  const ratios = (figure: Figure): number[] =>
    library.map((cost, index) => cost[figure] / (hand[index]?.[figure] ?? NaN));
  return [
    result(`${label}: resources, without components`, "resources", [hand[0]?.resources.length ?? NaN]),
    result(`${label}, by hand: time`, "s", values(hand, "seconds")),
    result(`${label}, with the library: time`, "s", values(library, "seconds")),
    result(`${label}, by hand: memory of the program`, "MB", values(hand, "maxRssMb")),
    result(`${label}, with the library: memory of the program`, "MB", values(library, "maxRssMb")),
    result(`${label}, ratio: time`, "ratio", ratios("seconds"), { atMost: 1.1 }),
    result(`${label}, ratio: memory of the program`, "ratio", ratios("maxRssMb"), { atMost: 1.1 }),
  ];
}

/** What a cache more costs between the two larger of three numbers of caches, beside between the two smaller ones. */
function linearity(rows: readonly Row[]): Result[] {
  const [small, middle, large] = rows;
  if (small === undefined || middle === undefined || large === undefined) return [];
  const [from, to] = [`${small.caches} to ${middle.caches}`, `${middle.caches} to ${large.caches}`];
  return (["seconds", "maxRssMb"] as const).map((figure) => {
    const slopes = (one: Row, other: Row): number[] =>
      other.costs.withLibrary.map((cost, round) => {
        const before = one.costs.withLibrary[round]?.[figure] ?? NaN;
        return (cost[figure] - before) / (other.caches - one.caches);
      });
    const first = slopes(small, middle);
    const ratios = slopes(middle, large).map((slope, round) => slope / (first[round] ?? NaN));
    const name = figure === "seconds" ? "time" : "memory of the program";
    return result(`a cache more from ${to}, ratio to one more from ${from}: ${name}`, "ratio", ratios, {
      atMost: 1.1,
    });
  });
}

async function preview(stack: Stack, caches: number, memory: string): Promise<Cost> {
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
  return { seconds, maxRssMb: Number(readFileSync(memory, "utf8")) / 1024, resources: resources.sort() };
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
      pulumiCommand: await PulumiCommand.get({ root: join(engine.binFolder, ".."), skipVersionCheck: true }),
      secretsProvider: "passphrase",
      envVars: {
        ...engineEnvironment(engine, await pluginFolder()),
        ...emulatorCredentials,
        AWS_ENDPOINT_URL: endpoint,
        PULUMI_BACKEND_URL: `file://${folder}`,
        PULUMI_CONFIG_PASSPHRASE: newPassphrase(),
        // The programs' types are the static checks' matter: what is measured is what they do.
        PULUMI_NODEJS_TRANSPILE_ONLY: "true",
        AUTHOR_BENCH_MEMORY_FILE: memoryFile(folder),
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

function memoryFile(folder: string): string {
  return join(folder, "memory");
}
