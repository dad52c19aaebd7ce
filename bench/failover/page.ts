import { doubt } from "../report/machine.js";
import { rounded } from "../report/rounded.js";
import { goalMs, type Row } from "./figures.js";
import { plotWords } from "./plot.js";
import { sentences } from "./sentences.js";
import type { Topology } from "./topology.js";
import { caseWords, seconds, tunnelWords } from "./words.js";

export interface Run {
  readonly topology: Pick<Topology, "file" | "words">;
  readonly rows: readonly Row[];
  /** Of the machine and the run, a line each. */
  readonly machine: readonly string[];
}

/** A page that is written by the run; nobody edits it by hand. */
export function page(run: Run): string[] {
  const {
    rows,
    machine,
    topology: { words },
  } = run;
  return [
    `# ${words.title}`,
    "",
    ...summary(run),
    "",
    `How it was measured: \`npm run bench:failover\` does to the primary of ${words.of} what the table says, in turns with each tunnel, and writes this page. Two clients of \`connect()\` ${words.writes}, from before the fault until all nodes are well again. A gap is the longest time between ${words.gap} that were acknowledged, the old primary's return included. In the end they read every number that was acknowledged.`,
    "",
    `The nodes and the application's host are test hosts of [the lab](lab.md): they share one machine's processors, and there is no distance between them. From a fault until writes go on, nothing else is measured; while the nodes get well, the other tunnel's turn comes. ${words.zones}`,
    "",
    `## Each fault of ${words.primary}`,
    "",
    ...table(rows),
    "",
    `The goal is a median of ${goalMs / 1000} s at most; a hand-over is no fault and has none. Failed writes are medians of the runs, lost ones the most of a run. ${words.lost} Where it says nothing of a client, it is \`connect()\` as it is.`,
    "",
    "## The run",
    "",
    ...machine.map((line) => `- ${line}`),
    "",
  ];
}

/** What docs/replicas.md or docs/cluster.md has of it. */
export function toldLines(run: Run): string[] {
  const { file } = run.topology;
  return [
    ...summary(run),
    "",
    `[${file}.md](${file}.md) has every figure, and how it was measured. \`npm run bench:failover\` writes both.`,
  ];
}

function summary({ rows, machine, topology }: Run): string[] {
  const caution = doubt(machine);
  return [
    ...sentences(rows, topology.words.primary).map((sentence) => `- ${sentence}`),
    "",
    ...(caution === "" ? [] : [caution, ""]),
    `![${plotWords}](${topology.file}.svg)`,
  ];
}

function table(rows: readonly Row[]): string[] {
  const heads = [
    "what happens",
    "tunnel",
    "median gap",
    "longest",
    "goal met",
    "failed writes",
    "slowest failure",
    "lost",
    "may be lost",
  ];
  const lines = rows.map((row) => [
    caseWords(row),
    tunnelWords(row),
    seconds(row.medianGapMs),
    seconds(row.longestGapMs),
    row.met === null ? "" : verdict(row.met),
    rounded(row.failed),
    row.mostFailed === 0 ? "" : `${row.longestFailureMs} ms`,
    row.mostLost > row.mayLose ? `**${row.mostLost}**` : String(row.mostLost),
    String(row.mayLose),
  ]);
  const under = heads.map((_, column) => (column < 2 ? "---" : "---:"));
  return [heads, under, ...lines].map((cells) => `| ${cells.join(" | ")} |`);
}

function verdict(met: boolean): string {
  return met ? "yes" : "**no**";
}
