import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { ensureDebianPackages } from "../lab/prerequisites.js";
import { repositoryRoot } from "../lab/stateFolder.js";
import { results } from "./figures/figures.js";
import type { Result } from "./figures/result.js";
import { measureRound, type Effort, type Place, type Roads, type Round } from "./figures/round.js";
import { runApplication } from "../lab/load/applicationLoad.js";
import { restingMemory, type MemoryResult } from "./load/memory.js";
import { putBenchmarkValue } from "../lab/load/redisBenchmark.js";
import { charts } from "./report/charts.js";
import { describeMachine } from "./report/machine.js";
import { page } from "./report/page.js";
import { printResults } from "./report/printResults.js";
import type { Road } from "../lab/roads/road.js";
import type { RivalName } from "./rivals/rival.js";
import { packages, rivals } from "./rivals/table.js";
import type { World } from "../lab/roads/roadWorld.js";
import { openWorld, type Layout } from "../lab/roads/world.js";

/** Below this a run is for development and leaves docs/ alone. */
const fewestRounds = 5;

const command = new Command("bench")
  .description("Measures every way from an application to Redis, side by side. Takes root on Debian.")
  .option("--rounds <count>", `how often; fewer than ${fewestRounds} leave docs/performance.md alone`, "5")
  .option("--seconds <seconds>", "how long each measurement takes", "1")
  .parse();
const { rounds: roundsText, seconds } = command.opts<{ rounds: string; seconds: string }>();
const effort: Effort = { seconds: Number(seconds), idleConnections: 400 };
const count = Number(roundsText);
if (!(Number.isInteger(count) && count > 0 && effort.seconds > 0)) {
  command.error("--rounds takes a whole number and --seconds a number, both above 0.");
}
if (process.getuid?.() !== 0) command.error("Run it as root: it opens network and mount namespaces.");

await ensureDebianPackages(packages);
const worlds: World[] = [];
try {
  const places = { apart: await openPlace("apart"), shared: await openPlace("shared") };
  const rounds: Round[] = [];
  for (let round = 1; round <= count; round += 1) {
    const progress = (line: string): void => {
      console.error(`round ${round} of ${count}: ${line}`);
    };
    rounds.push(await measureRound(places, effort, round, progress));
  }
  await report(results(rounds));
} finally {
  for (const world of worlds) await world.stop();
}

async function openPlace(layout: Layout): Promise<Place> {
  const world = await openWorld(layout);
  worlds.push(world);
  return { world, roads: await openRoads(world) };
}

async function openRoads(here: World): Promise<Roads> {
  const roads = new Map<RivalName, Road & { resting?: MemoryResult }>();
  for (const rival of rivals) {
    const road = await rival.start(here);
    await putBenchmarkValue(here, road);
    const resting = restingMemory(road);
    roads.set(rival.name, { ...road, ...(resting && { resting }) });
    if (road.tlsOptions.length > 0) continue;
    const options = { client: "plain", inFlight: 1, milliseconds: 0, seed: 0, preload: true } as const;
    await runApplication(here, road, options);
  }
  return roads;
}

async function report(found: readonly Result[]): Promise<void> {
  const out = join(repositoryRoot, "bench", "out");
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "results.json"), `${JSON.stringify(found, null, 2)}\n`);
  const docs = count >= fewestRounds ? join(repositoryRoot, "docs") : out;
  mkdirSync(join(docs, "performance"), { recursive: true });
  const drawn = await charts(found);
  for (const { file, svg } of drawn) writeFileSync(join(docs, "performance", file), svg);
  writeFileSync(join(docs, "performance.md"), page(found, drawn, await describeRun()));
  printResults(found);
  console.log(`Written: ${join(out, "results.json")}, ${join(docs, "performance.md")}`);
}

async function describeRun(): Promise<string[]> {
  return [...(await describeMachine(packages)), `${count} rounds; each measurement takes ${seconds} s`];
}
