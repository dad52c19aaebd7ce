import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Result } from "../figures/result.js";
import { contenders } from "../contenders/table.js";
import type { Chart } from "./charts.js";
import { headline, workersHeadline } from "./headline.js";
import { doubt } from "./machine.js";
import { rounded } from "./rounded.js";
import { inWords } from "./words.js";

/** What was measured by hand, once, to choose between ways of our own. */
const tried = readFileSync(join(import.meta.dirname, "tried.md"), "utf8");

export interface Run {
  readonly results: readonly Result[];
  readonly charts: readonly Chart[];
  /** Whose Redis and tunnels were measured, as people call it. */
  readonly release: string;
  /** Of the machine and the run, a line each. */
  readonly machine: readonly string[];
  /** Where the time goes, as lines of the appendix. */
  readonly profile: readonly string[];
  /** Why goals are missed, as lines below them. */
  readonly missed: readonly string[];
}

/** `docs/performance.md`: what an application gets first. Written by the run; nobody edits it by hand. */
export function page({ results, charts, machine, profile, missed }: Run): string {
  return [
    "# Performance",
    "",
    ...paragraph(headline(results)),
    ...paragraph(doubt(machine)),
    ...pictures(charts, true),
    ...paragraph(workersHeadline(results)),
    ...wall(results),
    "",
    "How it was measured: `npm run bench` runs every way in one run, one after the other in each round, and writes this page. A figure",
    "is the median of the rounds, ± half of the distance between the quartiles; ratios are taken within a round. An application is a",
    "Node.js process that reads four times out of five, 10,000 keys by Zipf's law, values of 200 bytes to 8 KiB. Its host and the",
    "node are network namespaces of one machine, so there is no distance between them: encryption and wake-ups stand out more than",
    "they would on a network. Processors are shared by both hosts in the plots of applications, as on any host with two. The 50 workers",
    "are one process with 50 connections: a cluster of 50 processes has as many connections, and other processor time, which is not measured.",
    "",
    "## Appendix",
    "",
    ...machine.map((line) => `- ${line}`),
    "- The tunnels are measured on hosts `apart`: each has half of the processors, so that the two don't take each other's time.",
    "- An application is measured on both kinds of hosts. On `shared` ones both have all processors, so the application and its end of",
    "  the tunnel run side by side, as on any host with two; the goals count here. On hosts `apart` they share half of the processors.",
    "- Valkey GLIDE's client for Node.js has no option for a certificate of its own (2.5), so Redis asks it for none. All others present one.",
    "",
    ...goals(results),
    ...missed,
    "### The ways",
    "",
    ...contenders.map(({ label, what }) => `- **${label}**: ${what}.`),
    "",
    ...pictures(charts, false),
    ...profile,
    tried,
    "### All other figures",
    "",
    ...figureTable(inTheirWords(results.filter(({ goal }) => goal === null))),
    "",
  ].join("\n");
}

/** What README has of it: the sentence, of which release it is, what is to be doubted of it, and its plot. */
export function readmeLines({ results, charts, release, machine }: Omit<Run, "profile" | "missed">): string[] {
  const [plot] = charts.filter(({ first }) => first);
  const caution = doubt(machine);
  return [
    `${headline(results)} Redis and the tunnels are those of ${release}.`,
    ...(caution === "" ? [] : ["", caution]),
    ...(plot ? ["", `![${plot.title}](docs/performance/${plot.file})`] : []),
  ];
}

function goals(results: readonly Result[]): string[] {
  const withGoal = results.filter(({ goal }) => goal !== null);
  const met = withGoal.filter((result) => result.met).length;
  return [
    `### Goals: ${met} of ${withGoal.length} met`,
    "",
    "Beyond them: 1.25 times ioredis with its own TLS, and with 50 connections what Redis's own TLS carries.",
    "",
    ...figureTable(inTheirWords(withGoal)),
    "",
  ];
}

/** What the application's own TLS has not, and what it costs. */
function wall(results: readonly Result[]): string[] {
  return [
    "What the wall is worth: an application with its own TLS holds the key, so whoever takes it over takes the key along and can be",
    "that client from elsewhere, until somebody notices. Through the tunnel it never sees a key, and Redis listens on no network.",
    ...wallCosts(results),
  ];
}

function wallCosts(results: readonly Result[]): string[] {
  const of = (figure: (way: string) => string, ways: Readonly<Record<string, string>>): string[] =>
    Object.entries(ways).flatMap(([way, words]) => {
      const found = results.find(({ name }) => name === figure(way));
      return found === undefined ? [] : [`${rounded(found.value)} µs ${words}`];
    });
  const ours = { haproxySocket: "by socket", haproxy: "by port" };
  const cpu = of((way) => `${way}.tunnelCpuMicroseconds`, ours);
  const later = of((way) => `${way}.latencyP50Microseconds − plaintext.latencyP50Microseconds`, {
    ...ours,
    redisTls: "with Redis's own TLS",
  });
  if (cpu.length === 0 || later.length === 0) return [];
  return [
    `For that, both ends of the tunnel take processor time for each operation of 50 connections (HAProxy: ${cpu.join(", ")}),`,
    `and a lone request comes later than over plaintext (${later.join(", ")}).`,
  ];
}

function paragraph(text: string): string[] {
  return text === "" ? [] : [text, ""];
}

function pictures(charts: readonly Chart[], first: boolean): string[] {
  return charts
    .filter((chart) => chart.first === first)
    .flatMap(({ file, title }) => [`![${title}](performance/${file})`, ""]);
}

function inTheirWords(results: readonly Result[]): Result[] {
  return results.map((result) => ({ ...result, name: inWords(result.name) }));
}

/** Figures as a table of a page. */
export function figureTable(results: readonly Result[]): string[] {
  const rows = results.map(({ name, value, spread, unit, goal, met }) => {
    const verdict = met === null ? "" : met ? "yes" : "**no**";
    return `| ${name} | ${rounded(value)} ± ${rounded(spread)} | ${unit} | ${goal ?? ""} | ${verdict} |`;
  });
  return ["| figure | value | unit | goal | met |", "| --- | ---: | --- | --- | --- |", ...rows];
}
