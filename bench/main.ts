import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { ensureDebianPackages } from "../lab/prerequisites.js";
import { repositoryRoot } from "../lab/stateFolder.js";
import { results } from "./figures/figures.js";
import type { Result, Round } from "./figures/result.js";
import { measureRound, type Effort, type Place, type Routes } from "./figures/round.js";
import { runApplication } from "../lab/load/applicationLoad.js";
import { restingMemory, type MemoryResult } from "./load/memory.js";
import { leastWarmUpMilliseconds } from "../lab/load/warmUp.js";
import { putBenchmarkValue } from "../lab/load/redisBenchmark.js";
import { ownServed } from "../lab/servers/serverPrograms.js";
import { releases } from "../src/plan/operatingSystem.js";
import { perfCounts, profile, profilePackages, type Profile } from "./profile/profile.js";
import { missedLines } from "./report/missed.js";
import { profileLines } from "./report/profileLines.js";
import { charts } from "./report/charts.js";
import { describeMachine } from "./report/machine.js";
import { fillIn } from "./report/fillIn.js";
import { page, readmeLines, type Run } from "./report/page.js";
import { printResults } from "./report/printResults.js";
import type { Route } from "../lab/routes/route.js";
import type { ContenderName } from "./contenders/contender.js";
import { packages, contenders } from "./contenders/table.js";
import type { Fixture } from "../lab/routes/fixture.js";
import { openFixture, type Layout } from "../lab/routes/openFixture.js";

const otherClients = { "node-redis": "redis", "Valkey GLIDE": "@valkey/valkey-glide" };
const warmUp = `An application has run for at least ${leastWarmUpMilliseconds / 1000} s before it is measured, and has \`connect()\` as it is shipped`;

/** Below this a run is for development and leaves docs/ alone. */
const fewestRounds = 7;

const command = new Command("bench")
  .description("Measures every way from an application to Redis, side by side. Takes root on Debian.")
  .option("--rounds <count>", `how often; fewer than ${fewestRounds} leave docs/ and README.md alone`, "7")
  .option("--seconds <seconds>", "how long each measurement takes", "0.3")
  .option("--profile", "only count system calls, wake-ups and processor time for each operation, and print them")
  .parse();
const options = command.opts<{ rounds: string; seconds: string; profile?: true }>();
const { rounds: roundsText, seconds } = options;
const effort: Effort = { seconds: Number(seconds), idleConnections: 400 };
const count = Number(roundsText);
if (!(Number.isInteger(count) && count > 0 && effort.seconds > 0)) {
  command.error("--rounds takes a whole number and --seconds a number, both above 0.");
}
if (process.getuid?.() !== 0) command.error("Run it as root: it opens network and mount namespaces.");

await ensureDebianPackages([...packages, ...profilePackages]);
const fixtures: Fixture[] = [];
try {
  if (options.profile) await printProfile();
  else await measure({ apart: await openPlace("apart"), shared: await openPlace("shared") });
} finally {
  for (const fixture of fixtures) await fixture.stop();
}

async function measure(places: Readonly<Record<Layout, Place>>): Promise<void> {
  const rounds: Round[] = [];
  for (let round = 1; round <= count; round += 1) {
    const progress = (line: string): void => {
      console.error(`round ${round} of ${count}: ${line}`);
    };
    rounds.push(await measureRound(places, effort, round, progress));
  }
  await report(results(rounds), await countCosts(places.shared));
}

async function printProfile(): Promise<void> {
  const counted = await countCosts(await openPlace("shared"));
  console.log(profileLines(counted, await perfCounts("cycles")).join("\n"));
}

function countCosts(place: Place): Promise<Profile[]> {
  return profile(place, effort.seconds, console.error);
}

async function openPlace(layout: Layout): Promise<Place> {
  const fixture = await openFixture(layout);
  fixtures.push(fixture);
  return { fixture, routes: await openRoutes(fixture) };
}

async function openRoutes(here: Fixture): Promise<Routes> {
  const routes = new Map<ContenderName, Route & { resting?: MemoryResult }>();
  for (const contender of contenders) {
    const route = await contender.start(here);
    await putBenchmarkValue(here, route);
    const resting = restingMemory(route);
    routes.set(contender.name, { ...route, ...(resting && { resting }) });
    if (route.tlsOptions.length > 0) continue;
    const options = { client: "plain", inFlight: 1, milliseconds: 0, seed: 0, preload: true } as const;
    await runApplication(here, route, options);
  }
  return routes;
}

async function report(found: readonly Result[], counted: readonly Profile[]): Promise<void> {
  const out = join(repositoryRoot, "bench", "out");
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "results.json"), `${JSON.stringify(found, null, 2)}\n`);
  writeFileSync(join(out, "profile.json"), `${JSON.stringify(counted, null, 2)}\n`);
  const isForDocs = count >= fewestRounds;
  const docs = isForDocs ? join(repositoryRoot, "docs") : out;
  mkdirSync(join(docs, "performance"), { recursive: true });
  const drawn = await charts(found);
  for (const { file, svg } of drawn) writeFileSync(join(docs, "performance", file), svg);
  const { title: release } = releases[ownServed().operatingSystem];
  const run: Run = {
    results: found,
    charts: drawn,
    release,
    machine: await describeRun(release),
    profile: profileLines(counted, await perfCounts("cycles")),
    missed: missedLines(found, counted),
  };
  writeFileSync(join(docs, "performance.md"), page(run));
  if (isForDocs) await fillIn(join(repositoryRoot, "README.md"), readmeLines(run));
  printResults(found);
  console.log(`Written: ${join(out, "results.json")}, ${join(docs, "performance.md")}`);
}

async function describeRun(release: string): Promise<string[]> {
  return [
    ...(await describeMachine(packages, otherClients)),
    `${count} rounds; each measurement takes ${seconds} s`,
    `Redis and the tunnels' programs are those of ${release}, which this machine runs; [performance-releases.md](performance-releases.md) has both releases side by side`,
    warmUp,
  ];
}
