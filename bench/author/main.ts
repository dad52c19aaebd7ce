/** What the library costs the author of a Pulumi program: `npm run bench:author`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { repositoryRoot } from "../../lab/stateFolder.js";
import type { Result } from "../figures/result.js";
import { fillIn } from "../report/fillIn.js";
import { describeMachine } from "../report/machine.js";
import { figureTable } from "../report/page.js";
import { printResults } from "../report/printResults.js";
import { importCost } from "./importCost.js";
import { previewCost } from "./previewCost.js";
import { userDataSize } from "./userDataSize.js";

/** The last three are evenly apart, to see whether what one more costs grows with their number. */
const defaultCaches: readonly number[] = [1, 10, 55, 100];
const command = new Command("bench:author")
  .option("--rounds <number>", "rounds of each measurement", count, 3)
  .option("--caches <numbers...>", "how many caches a previewed program makes", counts, defaultCaches)
  .parse();
const { rounds, caches } = command.opts<{ rounds: number; caches: number[] }>();

const results: Result[] = [
  ...userDataSize(),
  ...(await importCost(rounds)),
  ...(await previewCost(caches, rounds, (line) => {
    console.error(line);
  })),
];
printResults(results);
const folder = join(repositoryRoot, "bench", "out");
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "author.json"), `${JSON.stringify(results, null, 2)}\n`);
await fillIn(join(repositoryRoot, "docs", "author.md"), [
  ...(await describeMachine([])).map((line) => `- ${line}`),
  `- ${rounds} rounds`,
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
  return [...(before === defaultCaches ? [] : before), count(text)];
}
