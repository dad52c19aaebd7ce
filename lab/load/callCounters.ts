/** Who counts system calls: perf hardly slows a process, strace does and knows their names. */
export type CallCounter = "perf" | "strace";

/** A program that counts the system calls of a process, tells on stderr, and ends by SIGINT. */
interface Counter {
  readonly command: (pid: number) => readonly [string, ...string[]];
  /** Whether it counts, by what it has told. */
  readonly hasBegun: (told: string) => boolean;
  /** Calls by name; where only their number is known, `all` has it. */
  readonly parse: (told: string) => Record<string, number>;
}

const event = "raw_syscalls:sys_enter";

export const counters: Readonly<Record<CallCounter, Counter>> = {
  perf: {
    // It tells something once it counts, as it is asked for each interval.
    command: (pid) => ["perf", "stat", "-x", ",", "-e", event, "-I", "100", "-p", String(pid)],
    hasBegun: (told) => told.includes(event),
    parse: (told) => ({
      all: sum([...told.matchAll(/^ *[\d.]+,(\d+),,raw_syscalls:sys_enter/gm)].map(([, n]) => Number(n))),
    }),
  },
  strace: {
    command: (pid) => ["strace", "-c", "-f", "-p", String(pid)],
    hasBegun: (told) => / attached( with \d+ threads)?$/m.test(told),
    // Percent, seconds, microseconds a call, calls, errors (or none), name.
    parse: (told) =>
      Object.fromEntries(
        [...told.matchAll(/^ *[\d.]+ +[\d.]+ +\d+ +(\d+) +(?:\d+ +)?([a-z]\w+)$/gm)]
          .map(([, calls, name]): [string, number] => [name ?? "", Number(calls)])
          .filter(([name]) => name !== "total"),
      ),
  },
};

function sum(values: readonly number[]): number {
  return values.reduce((total, one) => total + one, 0);
}
