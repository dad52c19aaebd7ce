import { median, spread } from "../../lab/load/statistics.js";
import { doubt } from "../report/machine.js";
import { rounded } from "../report/rounded.js";
import { spenders, type Throughput } from "./measure.js";

/** All rounds with so many commands in flight. */
export interface Row {
  readonly inFlight: number;
  readonly node: readonly Throughput[];
  readonly shards: readonly Throughput[];
}

export interface Run {
  readonly rows: readonly Row[];
  readonly machine: readonly string[];
}

/** `docs/performance-shards.md`, written by the run; nobody edits it by hand. */
export function page({ rows, machine }: Run): string[] {
  const caution = doubt(machine);
  return [
    "# Three shards beside one node",
    "",
    ...rows.map((row) => `- ${sentence(row)}`),
    "",
    ...(caution === "" ? [] : [caution, ""]),
    "Both caches, their tunnels and the application share two processors here, so this page does not show what a cluster is for, which is more processors and more memory than one host has. It shows what a cluster costs: CPU for each operation.",
    "",
    "How it was measured: `npm run bench:shards` boots a cache of one node and one of three shards, both without replicas, on test hosts of [the lab](lab.md). In turns an application sends four reads for each write, of values of 100 bytes under 10,000 keys, through one client of `connect()`.",
    "",
    "## Operations in a second",
    "",
    ...table(
      ["commands in flight", "one node", "three shards"],
      rows.map(({ inFlight, node, shards }) => [String(inFlight), ...[node, shards].map(perSecond)]),
    ),
    "",
    "## CPU for an operation, in microseconds",
    "",
    ...table(
      ["commands in flight", "cache", ...spenders, "all"],
      rows.flatMap(({ inFlight, node, shards }) => [
        [String(inFlight), "one node", ...cpuCells(node)],
        [String(inFlight), "three shards", ...cpuCells(shards)],
      ]),
    ),
    "",
    `Medians of ${rows[0]?.node.length ?? 0} rounds ± half of the distance between the quartiles. What all nodes spend is added up.`,
    "",
    "## The run",
    "",
    ...machine.map((line) => `- ${line}`),
    "",
  ];
}

function sentence({ inFlight, node, shards }: Row): string {
  const rates = [node, shards].map((all) => median(all.map(({ operationsPerSecond }) => operationsPerSecond)));
  const costs = [node, shards].map((all) => median(all.map(wholeCpu)));
  const [one = 0, three = 0] = rates;
  const [costOfOne = 0, costOfThree = 0] = costs;
  const commands = inFlight === 1 ? "one command" : `${inFlight} commands`;
  return `With ${commands} in flight three shards answer ${rounded(three)} operations a second and one node ${rounded(one)} (${rounded(three / one)} times as many), for ${rounded(costOfThree)} and ${rounded(costOfOne)} µs of CPU each.`;
}

function wholeCpu({ cpu }: Throughput): number {
  return spenders.map((one) => cpu[one]).reduce((sum, one) => sum + one, 0);
}

function perSecond(all: readonly Throughput[]): string {
  return withSpread(all.map(({ operationsPerSecond }) => operationsPerSecond));
}

function cpuCells(all: readonly Throughput[]): string[] {
  return [...spenders.map((one) => withSpread(all.map(({ cpu }) => cpu[one]))), withSpread(all.map(wholeCpu))];
}

function withSpread(values: readonly number[]): string {
  return `${rounded(median(values))} ± ${rounded(spread(values))}`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [heads, heads.map((_, column) => (column === 0 ? "---" : "---:")), ...rows].map(
    (cells) => `| ${cells.join(" | ")} |`,
  );
}
