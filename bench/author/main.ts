/** What the library costs the author of a Pulumi program: `npm run bench:author`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Table from "cli-table3";
import { Command, InvalidArgumentError } from "commander";
import { repositoryRoot } from "../../lab/stateFolder.js";
import { importCost } from "./importCost.js";
import { previewCost } from "./previewCost.js";
import type { Result } from "./result.js";
import { userDataSize } from "./userDataSize.js";

const defaultCaches: readonly number[] = [1, 10];
const command = new Command("bench:author")
  .option("--rounds <number>", "rounds of each measurement", count, 5)
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
console.log(table(results));
const folder = join(repositoryRoot, "bench", "out");
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "author.json"), `${JSON.stringify(results, null, 2)}\n`);
process.exitCode = results.some(({ met }) => met === false) ? 1 : 0;

function table(all: readonly Result[]): string {
  const head = ["figure", "median", "lowest", "highest", "unit", "goal", "met"];
  const made = new Table({ head, style: { head: [], border: [] } });
  for (const { name, value, spread, unit, goal, met } of all) {
    const verdict = met === undefined ? "" : met ? "yes" : "NO";
    made.push([name, value, spread[0], spread[1], unit, goal === undefined ? "" : `≤ ${goal}`, verdict]);
  }
  return made.toString();
}

function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 1000) return value;
  throw new InvalidArgumentError("Give a whole number from 1 to 1000.");
}

function counts(text: string, before: readonly number[]): number[] {
  return [...(before === defaultCaches ? [] : before), count(text)];
}
