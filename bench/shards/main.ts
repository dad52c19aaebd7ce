/** What three shards do and cost beside one node, on one machine: `npm run bench:shards`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { startLocalStack } from "../../lab/localstack/startLocalStack.js";
import { openReplicas, type ReplicasFixture } from "../../lab/replicas/openReplicas.js";
import { repositoryRoot } from "../../lab/stateFolder.js";
import { defaultEngine } from "../../src/plan/engine.js";
import { defaultOperatingSystem, releases } from "../../src/plan/operatingSystem.js";
import { defaultTunnelEngine, tunnelEngines, type TunnelEngine } from "../../src/plan/tunnel.js";
import { engineNames } from "../report/engineNames.js";
import { writeWhole } from "../report/fillIn.js";
import { describeMachine } from "../report/machine.js";
import { installLoad, measure, type Throughput } from "./measure.js";
import { page, type Row } from "./page.js";

/** Below this a run is for development and leaves docs/ alone. */
const fewestRounds = 5;
const secondsOfRound = 5;
const inFlight = [1, 50, 500];

const command = new Command("bench:shards")
  .description("Sends operations to three shards and to one node, in turns, and counts what each takes.")
  .option("--rounds <count>", `how often; fewer than ${fewestRounds} leave docs/ alone`, count, fewestRounds)
  .addOption(
    new Option("--tunnel <program>", "the tunnel's program").choices([...tunnelEngines]).default(defaultTunnelEngine),
  )
  .parse();
const { rounds, tunnel } = command.opts<{ rounds: number; tunnel: TunnelEngine }>();

// Until there is a report: Pulumi's automation handles what nobody catches, and the process would end in 0.
process.exitCode = 1;
const localStack = await startLocalStack({ progress: say });
try {
  const openings = [{}, { shards: 3, replicas: 0 }].map((shape) => ({
    choice: { tunnel, operatingSystem: defaultOperatingSystem, engine: defaultEngine },
    shape,
  }));
  const opened = await openReplicas(openings, { endpoint: localStack.endpoint, progress: say });
  try {
    const [node, shards] = opened.fixtures;
    if (node === undefined || shards === undefined) throw new Error("Not both caches are there.");
    await report(await measureAll(node, shards));
    process.exitCode = 0;
  } finally {
    await opened.close();
  }
} finally {
  await localStack.stop();
}

async function measureAll(node: ReplicasFixture, shards: ReplicasFixture): Promise<Row[]> {
  for (const fixture of [node, shards]) installLoad(fixture);
  const rows = inFlight.map((one) => ({ inFlight: one, node: [] as Throughput[], shards: [] as Throughput[] }));
  for (let round = 1; round <= rounds; round += 1) {
    for (const row of rows) {
      for (const [name, fixture] of [
        ["node", node],
        ["shards", shards],
      ] as const) {
        const found = await measure(fixture, row.inFlight, secondsOfRound);
        row[name].push(found);
        say(`round ${round} of ${rounds}, ${name}, ${row.inFlight} in flight: ${JSON.stringify(found)}`);
      }
    }
  }
  return rows;
}

async function report(rows: readonly Row[]): Promise<void> {
  const out = join(repositoryRoot, "bench", "out");
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "performance-shards.json"), `${JSON.stringify(rows, null, 2)}\n`);
  const machine = [
    ...(await describeMachine([])),
    `Hosts run ${releases[defaultOperatingSystem].title}; the tunnel is ${engineNames[tunnel]}`,
  ];
  const file = join(rounds >= fewestRounds ? join(repositoryRoot, "docs") : out, "performance-shards.md");
  await writeWhole(file, page({ rows, machine }));
  say(`Written: ${file}`);
}

function say(line: string): void {
  console.error(line);
}

function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 100) return value;
  throw new InvalidArgumentError("Give a whole number from 1 to 100.");
}
