import type { Result } from "../scenario/runSuite.js";
import { inColumns, wrap } from "./layout.js";

/** The attempts of one suite, and what came of them. */
export interface Attempts {
  readonly title: string;
  readonly results: readonly Result[];
}

/** How many attempts of each suite were refused; those that were not in full, or all of them where that is asked for. */
export function attemptsSummary(suites: readonly Attempts[], columns: number, verbose: boolean): string {
  const results = suites.flatMap((suite) => suite.results);
  const failed = results.filter(({ refused }) => !refused);
  const counts = suites
    .filter((suite) => suite.results.length > 0)
    .map((suite): [string, string] => [suite.title, countsOf(suite.results)]);
  return [
    ...(verbose ? [everyAttempt(suites, columns)] : [inColumns(counts, columns), ...failed.map(inFull(columns))]),
    failed.length === 0
      ? `All ${results.length} attempts were refused.`
      : `${failed.length} of ${results.length} attempts SUCCEEDED: this cache is not safe.`,
  ].join("\n");
}

/** Every attempt with what came back, by suite. */
export function everyAttempt(suites: readonly Attempts[], columns: number): string {
  return suites
    .filter(({ results }) => results.length > 0)
    .map(({ title, results }) => [`${title}: ${countsOf(results)}`, ...results.map(inFull(columns))].join("\n"))
    .join("\n\n");
}

function countsOf(results: readonly Result[]): string {
  const refused = results.filter((result) => result.refused).length;
  const through = results.length - refused;
  return through === 0 ? `${refused} refused` : `${refused} refused, ${through} SUCCEEDED`;
}

function inFull(columns: number): (result: Result) => string {
  return ({ attack: { who, from, what }, cameBack, refused }) => {
    const first = wrap(`${refused ? "refused:" : "SUCCEEDED:"} ${who} (${from}): ${what}`, columns, "    ");
    return `  ${first.trimStart()}\n${wrap(`came back: ${cameBack}`, columns, "      ")}`;
  };
}
