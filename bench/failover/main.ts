/** How long an application waits for its next write when a primary with replicas, or a shard's, is away: `npm run bench:failover`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { startLocalStack } from "../../lab/localstack/startLocalStack.js";
import { onNode } from "../../lab/replicas/onNode.js";
import { openReplicas, type ReplicasFixture } from "../../lab/replicas/openReplicas.js";
import { repositoryRoot } from "../../lab/stateFolder.js";
import { tunnelProgram } from "../../src/host/tunnelProgram.js";
import { defaultEngine, engineProgram } from "../../src/plan/engine.js";
import { defaultOperatingSystem, releases } from "../../src/plan/operatingSystem.js";
import { tunnelEngines, type TunnelEngine } from "../../src/plan/tunnel.js";
import { engineNames } from "../report/engineNames.js";
import { fillIn, writeWhole } from "../report/fillIn.js";
import { describeMachine } from "../report/machine.js";
import { casesOf } from "./cases.js";
import { rowsOf, type Measured } from "./figures.js";
import { measure } from "./measure.js";
import { page, toldLines, type Run } from "./page.js";
import { drawGaps } from "./plot.js";
import { topologies, topologyNames, type Topology, type TopologyName } from "./topology.js";
import { turns } from "./turns.js";
import { caseWords, seconds } from "./words.js";

/** Below this a run is for development and leaves docs/ alone, as one of one tunnel does. */
const fewestRuns = 5;

const command = new Command("bench:failover")
  .description(
    "Does to the primary of a cache with replicas, or of a shard, what may happen to it, while an application writes.",
  )
  .option("--runs <count>", `how often each; fewer than ${fewestRuns} leave docs/ alone`, count, fewestRuns)
  .addOption(
    new Option("--tunnel <program>", "the tunnel's program").choices([...tunnelEngines, "both"]).default("both"),
  )
  .addOption(
    new Option("--of <topology>", "whose primary; each has a page of its own")
      .choices([...topologyNames, "both"])
      .default("both"),
  )
  .parse();
const { runs, tunnel, of } = command.opts<{
  runs: number;
  tunnel: TunnelEngine | "both";
  of: TopologyName | "both";
}>();
const tunnels = tunnel === "both" ? tunnelEngines : [tunnel];

const out = join(repositoryRoot, "bench", "out");
mkdirSync(out, { recursive: true });
// Until there is a report: Pulumi's automation handles what nobody catches, and the process would end in 0.
process.exitCode = 1;
const localStack = await startLocalStack({ progress: say });
try {
  const met: boolean[] = [];
  for (const name of of === "both" ? topologyNames : [of]) {
    const topology = topologies[name];
    const openings = tunnels.map((tunnel) => ({
      choice: { tunnel, operatingSystem: defaultOperatingSystem, engine: defaultEngine },
      shape: topology.shape,
    }));
    const opened = await openReplicas(openings, { endpoint: localStack.endpoint, progress: say });
    try {
      const measured = await measureAll(topology, opened.fixtures);
      met.push(await report(topology, measured, await packagesOf(opened.fixtures)));
    } finally {
      await opened.close();
    }
  }
  process.exitCode = met.every(Boolean) ? 0 : 1;
} finally {
  await localStack.stop();
}

/** From a fault until writes go on, one after the other; while one cache's nodes get well, the other's turn has come. */
async function measureAll(topology: Topology, fixtures: readonly ReplicasFixture[]): Promise<Measured[]> {
  const found: Measured[] = [];
  const alone = turns();
  const measureOne = async (fixture: ReplicasFixture): Promise<void> => {
    for (let run = 1; run <= runs; run += 1) {
      for (const one of casesOf(topology)) {
        const measured = await measure(fixture, topology.leadership(run), one, alone);
        const { gapMs, failed, lost } = measured;
        const told = `gap ${seconds(gapMs)}, ${failed} failed, ${lost} lost`;
        say(`run ${run} of ${runs}, ${engineNames[fixture.choice.tunnel]}, ${caseWords(measured)}: ${told}`);
        found.push(measured);
        writeFileSync(join(out, `${topology.file}.json`), `${JSON.stringify(found, null, 2)}\n`);
      }
    }
  };
  await Promise.all(fixtures.map(measureOne));
  return found;
}

/** Returns whether all goals are met, and no more was lost than may be. */
async function report(topology: Topology, measured: readonly Measured[], packages: string): Promise<boolean> {
  const rows = rowsOf(measured);
  const machine = [
    ...(await describeMachine([])),
    `Hosts run ${releases[defaultOperatingSystem].title}`,
    `On the hosts: ${packages}`,
    `Runs of each case: ${runs}`,
  ];
  const run: Run = { topology, rows, machine };
  const isForDocs = runs >= fewestRuns && tunnels.length === tunnelEngines.length;
  const docs = isForDocs ? join(repositoryRoot, "docs") : out;
  writeFileSync(join(docs, `${topology.file}.svg`), await drawGaps(rows));
  await writeWhole(join(docs, `${topology.file}.md`), page(run));
  if (isForDocs) await fillIn(join(docs, topology.toldIn), toldLines(run));
  say(`Written: ${join(out, `${topology.file}.json`)}, ${join(docs, `${topology.file}.md`)}`);
  return rows.every(({ met, mostLost, mayLose }) => met !== false && mostLost <= mayLose);
}

/** What the first node of each cache has, with its versions. */
async function packagesOf(fixtures: readonly ReplicasFixture[]): Promise<string> {
  // As code: Markdown strikes through what stands between two tildes.
  const format = "--showformat=${Package} `${Version}`\\n";
  const shown = await Promise.all(
    fixtures.flatMap(({ choice: { tunnel, engine }, nodes: [node] }) => {
      const packages = [engineProgram(engine).packageName, tunnelProgram(tunnel).packageName];
      return node === undefined ? [] : [onNode(node, ["dpkg-query", "--show", format, ...packages])];
    }),
  );
  return [...new Set(shown.flatMap((text) => text.split("\n")))].sort().join(", ");
}

function say(line: string): void {
  console.error(line);
}

function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 100) return value;
  throw new InvalidArgumentError("Give a whole number from 1 to 100.");
}
