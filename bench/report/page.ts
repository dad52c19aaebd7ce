import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Result } from "../figures/result.js";
import { contenders } from "../contenders/table.js";
import type { Chart } from "./charts.js";
import { inWords } from "./words.js";

/** What was measured by hand, once, to choose between ways of our own. */
const tried = readFileSync(join(import.meta.dirname, "tried.md"), "utf8");

/** `docs/performance.md`: what was found, goals first. Written by the run; nobody edits it by hand. */
export function page(results: readonly Result[], drawn: readonly Chart[], machine: readonly string[]): string {
  const told = results.map((result) => ({ ...result, name: inWords(result.name) }));
  const withGoal = told.filter(({ goal }) => goal !== null);
  const met = withGoal.filter((result) => result.met).length;
  const others = told.filter(({ goal }) => goal === null);
  return [
    "# Performance",
    "",
    "`npm run bench` writes this page. Every way runs in the same run, one after the other in each round. A figure is the",
    "median of the rounds, ± half of the distance between the quartiles. Ratios are taken within a round.",
    "",
    ...machine.map((line) => `- ${line}`),
    "- The two hosts are on this one machine: network and mount namespaces joined by a veth pair. There is no distance between",
    "  them, so the cost of encryption stands out more than it would on a network.",
    "- The tunnels are measured on hosts `apart`: each has half of the processors, so that the two don't take each other's time.",
    "- An application is measured on both kinds of hosts. On `shared` ones both have all processors, so the application and its end of",
    "  the tunnel run side by side, as on any host with two; the goals count here. On hosts `apart` they share half of the processors.",
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
