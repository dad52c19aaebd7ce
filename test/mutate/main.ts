/**
 * `npm run test:mutate`: makes small faults in the source, a sample by seed, and tells which of them neither the
 * compiler nor the unit and component tests notice. StrykerJS knows neither our shell scripts nor a sample.
 */
import { randomInt } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import { repositoryRoot } from "../../lab/stateFolder.js";
import { lineOf, type Change } from "./change.js";
import { judge } from "./judge.js";
import { countsOf, survivorText, table, type Judged } from "./report.js";
import { sample } from "./sample.js";
import { changesIn, folders } from "./sources.js";

interface Options {
  readonly seed: number;
  readonly count: number;
  readonly workers: number;
  readonly folders: readonly string[];
  readonly files: string;
  readonly again?: string;
  readonly out?: string;
}

const options = new Command("npm run test:mutate --")
  .description(
    "Makes small faults in a copy of the source and tells which of them neither the compiler nor the unit and component tests notice.",
  )
  .option("--seed <number>", "draws the same sample again", wholeNumber, randomInt(1_000_000))
  .option("--count <number>", "how many changes, evenly over the folders", wholeNumber, 200)
  .option("--folders <names>", "separated by commas", (names) => names.split(","), Object.keys(folders))
  .option("--files <text>", "only files with this in their path", "")
  .option("--again <file>", "those that survived in the JSON of an earlier run, instead of a sample")
  .option("--workers <number>", "how many changes are judged at the same time", wholeNumber, 2)
  .option("--out <file>", "writes all that was found as JSON")
  .parse()
  .opts<Options>();

console.log(`seed ${String(options.seed)}`);
const candidates = new Map(
  options.folders.map((folder) => [
    folder,
    changesIn(repositoryRoot, folder).filter(({ file }) => file.includes(options.files)),
  ]),
);
const chosen =
  options.again === undefined
    ? sample(candidates, options.count, options.seed)
    : survivorsOf(options.again, candidates);
const judged = await judge(repositoryRoot, chosen, options.workers, tell);
if (options.out !== undefined) {
  writeFileSync(
    options.out,
    `${JSON.stringify({ seed: options.seed, counts: countsOf(judged), changes: judged }, null, 2)}\n`,
  );
}
const survivors = judged.filter(({ noticedBy }) => noticedBy === "nobody");
console.log(`\n${survivors.map(survivorText).join("\n")}\n\n${table(judged)}\nseed ${String(options.seed)}`);

function tell({ noticedBy, file, line, kind }: Judged): void {
  console.log(`${noticedBy.padEnd(8)}  ${file}:${String(line)} ${kind}`);
}

/** By what they do to a line: other lines may have moved it since. */
function survivorsOf(path: string, among: ReadonlyMap<string, readonly Change[]>): Map<string, Change[]> {
  const { changes } = JSON.parse(readFileSync(path, "utf8")) as { changes: Judged[] };
  const keyOf = ({ file, kind, before, after }: Omit<Judged, keyof Change> & Change): string =>
    JSON.stringify([file, kind, before, after]);
  const wanted = new Set(changes.filter(({ noticedBy }) => noticedBy === "nobody").map(keyOf));
  return new Map(
    [...among].map(([folder, all]) => [
      folder,
      all.filter((change) =>
        wanted.has(keyOf({ ...change, ...lineOf(readFileSync(change.file, "utf8"), change) } as Judged)),
      ),
    ]),
  );
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("It takes a whole number.");
  return Number(text);
}
