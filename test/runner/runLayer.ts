import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import pMap from "p-map";
import { ensureDebianPackages } from "../../lab/prerequisites.js";
import { startsFileVariable } from "../../lab/starts.js";
import { repositoryRoot, stateFolder } from "../../lab/stateFolder.js";
import type { Layer } from "../layers.js";
import { noCounts, type Counts } from "./counts.js";
import { cpuMsIn, type CpuGroup } from "./cpuGroup.js";
import { durationVariables, recordDuration } from "./durations.js";
import { outputOf, type Output } from "./output.js";
import { readStarts, type Starts } from "./starts.js";

export interface LayerResult extends Counts {
  readonly layer: string;
  readonly wallMs: number;
  readonly cpuMs: number | null;
  readonly starts: Starts;
}

interface RunOptions {
  readonly cpu: CpuGroup | undefined;
  readonly isBeside: boolean;
  /** Whether another lane goes before this one where there is not enough processor for both. */
  readonly yields: boolean;
  readonly durationsFile: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Runs one layer to its end. A layer that this machine cannot run is skipped aloud; in CI that is a failure. */
export async function runLayer(
  layer: Layer,
  { cpu, durationsFile, environment, isBeside, yields }: RunOptions,
): Promise<LayerResult> {
  const startsFile = join(stateFolder(), `starts-${layer.name}`);
  rmSync(startsFile, { force: true });
  const environmentOfLayer = {
    ...environment,
    [startsFileVariable]: startsFile,
    [durationVariables.file]: durationsFile,
    [durationVariables.layer]: layer.name,
    [durationVariables.cpuUsage]: cpu?.usageFile,
  };
  const [began, used] = [performance.now(), cpuOf(cpu)];
  const output = outputOf(layer, isBeside);
  const counts = await countsOf(layer, entering(cpu, yields), environmentOfLayer, output);
  const cpuMs = cpuOf(cpu);
  const starts = readStarts(startsFile);
  rmSync(startsFile, { force: true });
  return {
    layer: layer.name,
    ...counts,
    starts,
    wallMs: performance.now() - began,
    cpuMs: cpuMs === null || used === null ? null : cpuMs - used,
  };
}

type Environment = RunOptions["environment"];

async function countsOf(layer: Layer, enter: Entering, env: Environment, output: Output): Promise<Counts> {
  if (layer.needsRoot === true && (process.platform !== "linux" || process.getuid?.() !== 0)) {
    const inCi = process.env.CI === "true";
    const why = "this layer boots hosts, which takes root on Linux.";
    output.say(`${inCi ? "FAILED" : "SKIPPED"}: ${why}`);
    return inCi ? { ...noCounts(), failed: 1, whatFailed: [why] } : { ...noCounts(), skipped: 1 };
  }
  const counts = await runCommands(layer, enter, env, output);
  return layer.files === undefined ? counts : runMocha(layer.files, enter, env, output);
}

async function runCommands(layer: Layer, enter: Entering, env: Environment, output: Output): Promise<Counts> {
  const counts = noCounts();
  const commands = layer.commands ?? [];
  if (commands.some(([file]) => file === "shellcheck")) await ensureDebianPackages(["shellcheck"]);
  // What one has to say is said when it has ended.
  const run = async (command: readonly [string, ...string[]]): Promise<void> => {
    const began = performance.now();
    const [file, ...args] = enter(command);
    const { failed, all } = await execa(file, args, { ...options, all: true, env });
    const title = command.join(" ");
    const wallMs = performance.now() - began;
    recordDuration({ file: "", kind: "command", title, wallMs, cpuMs: null }, env);
    output.say(`${all}${all === "" ? "" : "\n"}  ${failed ? "✖" : "✔"} ${title}`);
    if (failed) counts.whatFailed.push(`${title}\n${all}`);
    counts[failed ? "failed" : "passed"] += 1;
  };
  // For two processors.
  await pMap(commands, run, { concurrency: 2 });
  return counts;
}

async function runMocha(files: readonly string[], enter: Entering, env: Environment, output: Output): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), "test-counts-"));
  const countsFile = join(folder, "counts.json");
  try {
    const reporter = ["--reporter", "./test/support/countingReporter.ts"];
    const [file, ...args] = enter(["mocha", ...reporter, ...files]);
    const { failed } = await execa(file, args, {
      ...options,
      ...output.stdio,
      env: { ...env, TEST_COUNTS_FILE: countsFile },
    });
    const counts = JSON.parse(readFileSync(countsFile, "utf8")) as Counts;
    // mocha that ends badly without a failed test has failed all the same.
    return failed && counts.failed === 0
      ? { ...counts, failed: 1, whatFailed: ["mocha ended badly, though no test has failed."] }
      : counts;
  } catch (error) {
    const why = `mocha did not come to its end: ${String(error)}`;
    console.error(why);
    return { ...noCounts(), failed: 1, whatFailed: [why] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const options = { cwd: repositoryRoot, preferLocal: true, reject: false } as const;

type Command = [string, ...string[]];
type Entering = (command: readonly [string, ...string[]]) => Command;

/** The same command, started inside the group, and behind others that want the processor. */
function entering(cpu: CpuGroup | undefined, yields: boolean): Entering {
  const nice: readonly string[] = yields ? ["nice", "-n", "5"] : [];
  return (command) => {
    const [first, ...rest] = [...nice, ...command] as Command;
    if (cpu === undefined) return [first, ...rest];
    return ["sh", "-c", 'echo $$ >"$0" && exec "$@"', cpu.processesFile, first, ...rest];
  };
}

function cpuOf(cpu: CpuGroup | undefined): number | null {
  return cpu === undefined ? null : cpuMsIn(cpu.usageFile);
}
