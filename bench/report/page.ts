import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Result } from "../figures/result.js";
import { contenders } from "../contenders/table.js";
import type { Chart } from "./charts.js";

/** What was measured by hand, once, to choose between ways of our own. */
const tried = readFileSync(join(import.meta.dirname, "tried.md"), "utf8");

/** `docs/performance.md`: what was found, goals first. Written by the run; nobody edits it by hand. */
export function page(results: readonly Result[], drawn: readonly Chart[], machine: readonly string[]): string {
  const withGoal = results.filter(({ goal }) => goal !== null);
  const met = withGoal.filter((result) => result.met).length;
  const others = results.filter(({ goal }) => goal === null);
  return [
    "# Performance",
    "",
    "Written by `npm run bench`. Every way runs in the same run, one after the other in each round; a figure is the",
    "median of the rounds, ± half of the distance between the quartiles. Ratios are taken within a round.",
    "",
    ...machine.map((line) => `- ${line}`),
    "- Two machines on one: network and mount namespaces joined by a veth pair. There is no distance between them, so what",
    "  encryption costs stands out as it never would on a network.",
    "- The tunnels are measured on machines `apart`: each has half of the processors, so that two hosts don't take each",
    "  other's time. An application is measured on both kinds: `shared`, where both machines have all processors, so that",
    "  it and its end of the tunnel run side by side, as on any host with two (the goals count here); and `apart`, where",
    "  both have to share half of this machine.",
    "",
    `## Goals: ${met} of ${withGoal.length} met`,
    "",
    ...figureTable(withGoal),
    "",
    "## The ways",
    "",
    ...contenders.map(({ label, what }) => `- **${label}**: ${what}.`),
    "",
    ...drawn.flatMap(({ file, title }) => [`![${title}](performance/${file})`, ""]),
    tried,
    "## All other figures",
    "",
    ...figureTable(others),
    "",
  ].join("\n");
}

/** Figures as a table of a page. */
export function figureTable(results: readonly Result[]): string[] {
  const rows = results.map(({ name, value, spread, unit, goal, met }) => {
    const verdict = met === null ? "" : met ? "yes" : "**no**";
    return `| ${name} | ${rounded(value)} ± ${rounded(spread)} | ${unit} | ${goal ?? ""} | ${verdict} |`;
  });
  return ["| figure | value | unit | goal | met |", "| --- | ---: | --- | --- | --- |", ...rows];
}

/** Three digits that count; more would be noise. */
export function rounded(value: number): string {
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString("en");
  return String(Number(value.toPrecision(3)));
}
