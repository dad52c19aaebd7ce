/** What the library costs the author of a Pulumi program: `npm run bench:author`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { ownServed } from "../../lab/servers/serverPrograms.js";
import { repositoryRoot } from "../../lab/stateFolder.js";
import { releases } from "../../src/plan/operatingSystem.js";
import type { Result } from "../figures/result.js";
import { fillIn } from "../report/fillIn.js";
import { describeMachine } from "../report/machine.js";
import { figureTable } from "../report/page.js";
import { printResults } from "../report/printResults.js";
import { importCost } from "./importCost.js";
import { clusterPlans, quotas } from "./clusterSize.js";
import { peerTunnels } from "./peerTunnels.js";
import { previewCost } from "./previewCost.js";
import { shardCost } from "./shardCost.js";
import { userDataSize } from "./userDataSize.js";

/** The last three are evenly apart, to see whether what one more costs grows with their number. */
const defaultCaches: readonly number[] = [1, 10, 55, 100];
/** The least that there can be, and the same. */
const defaultShards: readonly number[] = [3, 10, 55, 100];
const command = new Command("bench:author")
  .option("--rounds <number>", "rounds of each measurement", count, 3)
  .option("--caches <numbers...>", "how many caches a previewed program makes", counts, defaultCaches)
  .option("--shards <numbers...>", "how many shards a previewed cache has", counts, defaultShards)
  .parse();
const { rounds, caches, shards } = command.opts<{ rounds: number; caches: number[]; shards: number[] }>();
const progress = (line: string): void => {
  console.error(line);
};

const results: Result[] = [
  ...userDataSize(),
  ...quotas(),
  ...(await importCost(rounds)),
  ...(await previewCost(caches, rounds, progress)),
  ...(await shardCost(shards, rounds, progress)),
  ...(await peerTunnels(clusterPlans([10, 100]), progress)),
];
printResults(results);
const folder = join(repositoryRoot, "bench", "out");
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "author.json"), `${JSON.stringify(results, null, 2)}\n`);
await fillIn(join(repositoryRoot, "docs", "author.md"), [
  ...(await describeMachine([])).map((line) => `- ${line}`),
  `- ${rounds} rounds`,
  `- Redis and the tunnels' programs are those of ${releases[ownServed().operatingSystem].title}, which this machine runs`,
  "",
  ...figureTable(results.filter(({ goal }) => goal !== null)),
  "",
  "The figures behind these ratios:",
  "",
  ...figureTable(results.filter(({ goal }) => goal === null)),
]);
process.exitCode = results.some(({ met }) => met === false) ? 1 : 0;

function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 1000) return value;
  throw new InvalidArgumentError("Give a whole number from 1 to 1000.");
}

function counts(text: string, before: readonly number[]): number[] {
  return [...(before === defaultCaches || before === defaultShards ? [] : before), count(text)];
}
