import { applicationWords } from "./words.js";
import { rounded } from "./rounded.js";
import type { ByProcess, Profile } from "../profile/profile.js";
import { processes, sumOf } from "../profile/sum.js";

/** Names of calls that are less frequent for an operation are left out. */
const leastCalls = 0.05;

/** Where the time goes, as a section of the page; `countsCycles` is whether perf has the processor's own counters. */
export function profileLines(profiles: readonly Profile[], countsCycles: boolean): string[] {
  if (profiles.length === 0) return [];
  const counts = profiles.some(({ calls }) => calls)
    ? "System calls are counted by `perf stat -e raw_syscalls:sys_enter`,"
    : "`perf stat` counts no system calls on this machine, so `strace -c` did, which slows every process;";
  const loads = [...new Set(profiles.map(loadOf))];
  return [
    "### Where the time goes",
    "",
    "Counted for each operation, on hosts that share the processors. Each cell has three figures, from runs of their own: system calls,",
    "wake-ups, processor time in µs.",
    `${counts} wake-ups (how often`,
    "a process slept) and processor time by `/proc/PID/task/*/status` and `schedstat`. The names of the calls are from a run under",
    "`strace -c -f`, which slows every process: with many requests in flight more of them are then handled at a time.",
    "Each was counted once, not in rounds.",
    ...(countsCycles
      ? []
      : [
          "`perf stat` has no hardware counters on this machine (cycles, instructions, cache misses), so none are shown.",
        ]),
    "",
    ...loads.flatMap((load) =>
      section(
        load,
        profiles.filter((one) => loadOf(one) === load),
      ),
    ),
  ];
}

function loadOf({ application: { inFlight, workers } }: Profile): string {
  if (inFlight === 1) return "One request in flight";
  return workers
    ? `${inFlight} workers of one process, a connection each`
    : `${inFlight} requests in flight on one connection`;
}

function section(load: string, profiles: readonly Profile[]): string[] {
  const heads = profiles.map(({ application }) => applicationWords(application));
  const rows = processes.map((name) => [name, ...profiles.map((one) => cell(one, [name]))]);
  const sums = ["**all**", ...profiles.map((one) => cell(one, processes))];
  return [
    `#### ${load}`,
    "",
    row(["process", ...heads]),
    row(["---", ...heads.map(() => "---:")]),
    ...[...rows, sums].map(row),
    "",
    ...profiles.map(({ application, traced }) => `- ${applicationWords(application)}: ${names(traced)}.`),
    "",
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function cell(profile: Profile, names: readonly string[]): string {
  const sum = sumOf(profile, names);
  if (sum === undefined) return "–";
  return [sum.calls, sum.wakeUps, sum.cpuMicroseconds].map(rounded).join(", ");
}

function names(traced: ByProcess): string {
  const told = processes.flatMap((name) => {
    const calls = Object.entries(traced[name] ?? {})
      .filter(([, count]) => count >= leastCalls)
      .sort(([, one], [, other]) => other - one)
      .map(([call, count]) => `\`${call}\` ${rounded(count)}`);
    return calls.length === 0 ? [] : [`${name} ${calls.join(", ")}`];
  });
  return told.join("; ");
}
