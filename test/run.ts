/**
 * Runs the layers of the tests, or those that are named as arguments, and ends with one line that sums them all.
 * `TEST_SEED` chooses the values of dimensions that a test does not depend on, `TEST_EXHAUSTIVE=1` takes all of them.
 */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { labVariable } from "../lab/hosts/labs.js";
import { stateFolder } from "../lab/stateFolder.js";
import { Lanes, layers, type Layer } from "./layers.js";
import { add, line, noCounts } from "./runner/counts.js";
import { cpuMsIn, openCpuGroup, type CpuGroup } from "./runner/cpuGroup.js";
import { readDurations, seconds, slowest } from "./runner/durations.js";
import { runLayer, type LayerResult } from "./runner/runLayer.js";
import { committedStarts, excessOf, shownStarts } from "./runner/starts.js";
import { SharedLocalStack } from "./runner/sharedLocalStack.js";
import { isExhaustive, seed } from "./support/dimensions.js";

const shownSlowest = 15;
const shownLines = 12;
const began = performance.now();

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => layers.every((layer) => layer.name !== name));
if (unknown.length > 0) {
  throw new Error(`No such layer: ${unknown.join(", ")}. There are: ${layers.map(({ name }) => name).join(", ")}.`);
}

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
// A config file of the machine's user, or a LocalStack of theirs, is not what is tested.
delete process.env.AWS_ENDPOINT_URL;
delete process.env.AWS_PROFILE;
const environment = { TEST_SEED: String(seed) };
const chosenBy = isExhaustive
  ? "every value of every dimension (TEST_EXHAUSTIVE=1)"
  : `dimensions that a test does not depend on: TEST_SEED=${seed} chooses the same again`;
console.log(chosenBy);

const durationsFile = join(stateFolder(), "durations.ndjson");
rmSync(durationsFile, { force: true });
const chosen = layers.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const lanes = new Lanes(chosen);
const isBeside = lanes.count > 1;
const groupName = `hipaa-redis-tests-${process.pid}`;
const groupOfLocalStack = openCpuGroup(`${groupName}-localstack`);
const localStack = new SharedLocalStack(groupOfLocalStack);
const results: LayerResult[] = [];
/** Ctrl-C ends the layers that run, and they clean up; no other begins. */
let interruptedBy: NodeJS.Signals | undefined;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    interruptedBy = signal;
  });
}
let localStackCpuMs: number | null = null;
try {
  await Promise.all(Array.from({ length: lanes.count }, (_, lane) => runLane(lane)));
} finally {
  localStackCpuMs = groupOfLocalStack === undefined ? null : cpuMsIn(groupOfLocalStack.usageFile);
  await localStack.stop();
  await groupOfLocalStack?.close();
}
report();

async function runLane(lane: number): Promise<void> {
  const cpu = openCpuGroup(`${groupName}-${lane}`);
  try {
    while (interruptedBy === undefined) {
      const layer = lanes.next(lane);
      if (layer === undefined) break;
      results.push(await run(layer, cpu, lane));
    }
  } finally {
    await cpu?.close();
  }
}

async function run(layer: Layer, cpu: CpuGroup | undefined, lane: number): Promise<LayerResult> {
  console.log(`\n=== ${layer.name}: ${layer.what}`);
  const shared = layer.sharesLocalStack === true ? await localStack.environment() : {};
  const lab = layer.lab === undefined ? {} : { [labVariable]: layer.lab };
  const result = await runLayer(layer, {
    // The first lane has the most to do, for which the others would wait in the end.
    cpu,
    durationsFile,
    isBeside,
    yields: lane > 0,
    environment: { ...environment, ...shared, ...lab },
  });
  // A layer that has failed may not have come to all that it starts; an exhaustive one starts more.
  const excess = result.failed > 0 || isExhaustive ? [] : excessOf(result.starts, committedStarts(layer.name));
  for (const more of excess) console.log(`  ✖ started more often, ${more}`);
  const judged =
    excess.length === 0 ? result : { ...result, failed: 1, whatFailed: [`started more often, ${excess.join(", ")}`] };
  console.log(`=== ${layer.name}: ${line(judged)} (${Math.round(result.wallMs / 1000)} s)`);
  return judged;
}

function report(): void {
  console.log(`\nThe ${shownSlowest} slowest tests, hooks and commands, of ${durationsFile}:`);
  for (const each of slowest(readDurations(durationsFile), shownSlowest)) console.log(`  ${each}`);
  console.log("\nLayers: seconds, processor seconds, and what was started:");
  for (const { layer, wallMs, cpuMs, starts } of results.sort(asListed)) {
    const used = cpuMs === null ? "     –" : seconds(cpuMs);
    console.log(`  ${layer.padEnd(12)} ${seconds(wallMs)} ${used}  ${shownStarts(starts)}`);
  }
  const ofLocalStack = localStackCpuMs === null ? "     –" : seconds(localStackCpuMs);
  console.log(`  ${"(LocalStack)".padEnd(12)}      – ${ofLocalStack}  of all who share it`);
  console.log(`  ${"together".padEnd(12)} ${seconds(performance.now() - began)}`);
  const total = noCounts();
  for (const result of results) {
    add(total, { ...result, whatFailed: result.whatFailed.map((what) => `${result.layer}: ${what}`) });
  }
  // Beside other layers a failure stands far above the end, which is all that some logs keep.
  if (total.whatFailed.length > 0) console.log("\nWhat failed:");
  for (const what of total.whatFailed) console.log(`\n${ends(what)}`);
  console.log(`\n${chosenBy}`);
  writeFileSync(join(stateFolder(), "test-counts"), `${line(total)}\n`);
  console.log(`\n${line(total)}`);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
  if (interruptedBy !== undefined) {
    console.error(`Interrupted by ${interruptedBy}: what had not begun by then did not run.`);
    process.exitCode = 1;
  }
}

function asListed(one: LayerResult, other: LayerResult): number {
  const place = ({ layer }: LayerResult): number => layers.findIndex(({ name }) => name === layer);
  return place(one) - place(other);
}

/** What a whole page of a linter, or of a command that failed, says is above: here are its beginning and its end. */
function ends(text: string): string {
  const lines = text.split("\n");
  if (lines.length <= 2 * shownLines) return text;
  return [...lines.slice(0, shownLines), `(of ${lines.length} lines)`, ...lines.slice(-shownLines)].join("\n");
}
