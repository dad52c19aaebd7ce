import type { RivalName } from "../rivals/rival.js";
import { rivals } from "../rivals/table.js";
import { applications, type Round } from "./round.js";
import { result, type Goal, type Result } from "./result.js";

export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly goal?: Goal;
  /** Its value in one round; undefined where the round has not measured it. */
  readonly of: (round: Round) => number | undefined;
}

/** Every figure of all rounds: ratios are taken within a round, and then the median of them. */
export function results(rounds: readonly Round[]): Result[] {
  return figures.flatMap(({ name, unit, goal, of }) => {
    const values = rounds.map(of).filter((value) => value !== undefined);
    if (values.length === 0) return [];
    return [result(name, unit, values, goal)];
  });
}

/** What the tunnels of this library are held to; the same for each. */
const ours = rivals.filter((rival) => rival.ours).map(({ name }) => name);
const tunnels: readonly RivalName[] = rivals.map(({ name }) => name).filter((name) => name !== "plaintext");

const throughputGoals: Partial<Record<RivalName, Goal>> = { haproxy: { atLeast: 0.4 } };

/** Ratios first. */
const figures: readonly Figure[] = [
  ...tunnels.map((name) => ratio(`${name}.throughput50`, "plaintext.throughput50", throughputGoals[name])),
  ...ours.map((name) => ratio(`${name}.throughput50`, "article.throughput50", { atLeast: 2 })),
  ...tunnels.map((name) => ratio(`${name}.throughput50pipeline16`, "plaintext.throughput50pipeline16")),
  ...applications
    .filter(({ inFlight, rival }) => inFlight > 1 && rival !== "plaintext")
    .flatMap(({ client, inFlight, rival }) => {
      const own = client === "connect";
      const name = (figure: string): string => `${client}${inFlight}.${rival}.${figure}`;
      const base = (figure: string): string => `plain${inFlight}.plaintext.${figure}`;
      return [
        ratio(name("operationsPerSecond"), base("operationsPerSecond"), own ? { atLeast: 1.25 } : undefined),
        ratio(name("p99Microseconds"), base("p99Microseconds"), own ? { atMost: 1 } : undefined),
      ];
    }),
  ratio("connect1.stunnel.p50Microseconds", "plain1.stunnel.p50Microseconds", { atMost: 1.05 }),
  ...ours.map((name) =>
    ratio(`${name}.handshakesPerCpuSecond`, "article.handshakesPerCpuSecond", { atLeast: 2 }),
  ),
  ...tunnels.map((name) => overPlaintext(name, ours.includes(name) ? { atMost: 75 } : undefined)),
  ...tunnels.flatMap((name) =>
    ["clientKibibytes", "serverKibibytes"].map((end) =>
      plain(`${name}.${end}`, "KiB/connection", ours.includes(name) ? { atMost: 50 } : undefined),
    ),
  ),
  ...tunnels.map((name) => plain(`${name}.tunnelCpuMicroseconds`, "µs/operation")),
  ...rivals.flatMap(({ name }) => [
    plain(`${name}.throughput50`, "operations/s"),
    plain(`${name}.throughput50pipeline16`, "operations/s"),
    plain(`${name}.latencyP50Microseconds`, "µs"),
    plain(`${name}.handshakesPerCpuSecond`, "handshakes/CPU s"),
  ]),
  ...applications.flatMap(({ client, inFlight, rival }) => [
    plain(`${client}${inFlight}.${rival}.operationsPerSecond`, "operations/s"),
    plain(`${client}${inFlight}.${rival}.p50Microseconds`, "µs"),
    plain(`${client}${inFlight}.${rival}.p99Microseconds`, "µs"),
  ]),
];

function plain(name: string, unit: string, goal?: Goal): Figure {
  return { name, unit, ...(goal && { goal }), of: (round) => round.get(name) };
}

function ratio(name: string, base: string, goal?: Goal): Figure {
  const of = (round: Round): number | undefined => {
    const [value, against] = [round.get(name), round.get(base)];
    return value === undefined || against === undefined ? undefined : value / against;
  };
  return { name: `${name} / ${base}`, unit: "ratio", ...(goal && { goal }), of };
}

function overPlaintext(rival: RivalName, goal?: Goal): Figure {
  const of = (round: Round): number | undefined => {
    const own = round.get(`${rival}.latencyP50Microseconds`);
    const base = round.get("plaintext.latencyP50Microseconds");
    return own === undefined || base === undefined ? undefined : own - base;
  };
  return { name: `${rival}.latencyP50Microseconds over plaintext`, unit: "µs", ...(goal && { goal }), of };
}
