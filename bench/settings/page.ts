import { median, spread } from "../figures/statistics.js";
import { rounded } from "../report/page.js";
import { figures, type FigureName, type Measured } from "./measure.js";
import type { Variant } from "./variants.js";

export interface Found {
  readonly measured: ReadonlyMap<Variant, readonly Measured[]>;
  /** How many of so many connections that came at the same moment were not answered. */
  readonly refused: ReadonlyMap<Variant, number>;
  readonly burst: number;
}

/** `docs/settings.md`: written by the run; nobody edits it by hand. */
export function settingsPage({ measured, refused, burst }: Found, machine: readonly string[]): string {
  const headings = figures.map(({ heading, unit }) => `${heading}, ${unit}`);
  const rows = [...measured].map(([variant, values]) => {
    const cells = figures.map(({ name }) =>
      variant.name === "shipped"
        ? cell(values.map((value) => value[name]))
        : compared(values, shipped(measured, variant), name),
    );
    return [variant.engine, variant.what, ...cells, `${refused.get(variant) ?? "?"}`];
  });
  return [
    "# What each setting changes",
    "",
    "Written by `npm run bench:settings`: the tunnel and Redis as shipped, and with one setting changed, all in one run.",
    "The rows of what is shipped have figures (median ± half of the distance between the quartiles); the other rows have",
    "ratios to them, taken within a round. The last column is a count in every row.",
    "",
    ...machine.map((line) => `- ${line}`),
    "",
    line(["engine", "setting", ...headings, `refused of ${burst} that come at once`]),
    line(["---", "---", ...headings.map(() => "---:"), "---:"]),
    ...rows.map(line),
    "",
  ].join("\n");
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function shipped(measured: Found["measured"], { engine }: Variant): readonly Measured[] {
  return [...measured].find(([other]) => other.engine === engine && other.name === "shipped")?.[1] ?? [];
}

function compared(values: readonly Measured[], base: readonly Measured[], figure: FigureName): string {
  return cell(values.map((value, round) => value[figure] / (base[round]?.[figure] ?? Number.NaN)));
}

function cell(values: readonly number[]): string {
  return `${rounded(median(values))} ± ${rounded(spread(values))}`;
}
