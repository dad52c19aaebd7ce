/** How long an application with replicas waits for its next write when the primary is away: `npm run bench:failover`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { startLocalStack } from "../../lab/localstack/startLocalStack.js";
import { onNode } from "../../lab/replicas/onNode.js";
import { openReplicas, type ReplicasFixture } from "../../lab/replicas/openReplicas.js";
import { withReplicas } from "../../lab/replicas/program.js";
import { repositoryRoot } from "../../lab/stateFolder.js";
import { tunnelEngines, type TunnelEngine } from "../../src/plan/tunnel.js";
import { engineNames } from "../report/engineNames.js";
import { fillIn, writeWhole } from "../report/fillIn.js";
import { describeMachine } from "../report/machine.js";
import { cases } from "./cases.js";
import { rowsOf, type Measured } from "./figures.js";
import { measure } from "./measure.js";
import { page, replicasLines, type Run } from "./page.js";
import { drawGaps } from "./plot.js";
import { turns } from "./turns.js";
import { caseWords, seconds } from "./words.js";

/** Below this a run is for development and leaves docs/ alone, as one of one tunnel does. */
const fewestRuns = 5;

const command = new Command("bench:failover")
  .description("Does to the primary of a cache with replicas what may happen to it, while an application writes.")
  .option("--runs <count>", `how often each; fewer than ${fewestRuns} leave docs/ alone`, count, fewestRuns)
  .addOption(
    new Option("--tunnel <engine>", "the tunnel's program").choices([...tunnelEngines, "both"]).default("both"),
  )
  .parse();
const { runs, tunnel } = command.opts<{ runs: number; tunnel: TunnelEngine | "both" }>();
const engines = tunnel === "both" ? tunnelEngines : [tunnel];

const out = join(repositoryRoot, "bench", "out");
mkdirSync(out, { recursive: true });
// Until there is a report: Pulumi's automation handles what nobody catches, and the process would end in 0.
process.exitCode = 1;
const localStack = await startLocalStack({ progress: say });
try {
  const openings = engines.map((engine) => ({ engine, shape: withReplicas }));
  const replicas = await openReplicas(openings, { endpoint: localStack.endpoint, progress: say });
  try {
    await report(await measureAll(replicas.fixtures), await packagesOf(replicas.fixtures));
  } finally {
    await replicas.close();
  }
} finally {
  await localStack.stop();
}

/** From a fault until writes go on, one after the other; while one cache's nodes get well, the other's turn has come. */
async function measureAll(fixtures: readonly ReplicasFixture[]): Promise<Measured[]> {
  const found: Measured[] = [];
  const alone = turns();
  const measureOne = async (fixture: ReplicasFixture): Promise<void> => {
    for (let run = 1; run <= runs; run += 1) {
      for (const one of cases) {
        const measured = await measure(fixture, one, alone);
        const { gapMs, failed, lost } = measured;
        const told = `gap ${seconds(gapMs)}, ${failed} failed, ${lost} lost`;
        say(`run ${run} of ${runs}, ${engineNames[fixture.engine]}, ${caseWords(measured)}: ${told}`);
        found.push(measured);
        writeFileSync(join(out, "failover.json"), `${JSON.stringify(found, null, 2)}\n`);
      }
    }
  };
  await Promise.all(fixtures.map(measureOne));
  return found;
}

async function report(measured: readonly Measured[], packages: string): Promise<void> {
  const rows = rowsOf(measured);
  const machine = [...(await describeMachine([])), `On the hosts: ${packages}`, `Runs of each case: ${runs}`];
  const run: Run = { rows, machine };
  const isForDocs = runs >= fewestRuns && engines.length === tunnelEngines.length;
  const docs = isForDocs ? join(repositoryRoot, "docs") : out;
  writeFileSync(join(docs, "failover.svg"), await drawGaps(rows));
  await writeWhole(join(docs, "failover.md"), page(run));
  if (isForDocs) await fillIn(join(docs, "replicas.md"), replicasLines(run));
  say(`Written: ${join(out, "failover.json")}, ${join(docs, "failover.md")}`);
  process.exitCode = rows.some(({ met, mostLost, mayLose }) => met === false || mostLost > mayLose) ? 1 : 0;
}

/** What the first node of each cache has, with its versions. */
async function packagesOf(fixtures: readonly ReplicasFixture[]): Promise<string> {
  // As code: Markdown strikes through what stands between two tildes.
  const format = "--showformat=${Package} `${Version}`\\n";
  const shown = await Promise.all(
    fixtures.flatMap(({ engine, nodes: [node] }) => {
      const packages = ["redis-server", engine === "stunnel" ? "stunnel4" : engine];
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
