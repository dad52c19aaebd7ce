import type { ContenderName } from "../contenders/contender.js";
import { contenders } from "../contenders/table.js";
import type { Layout } from "../../lab/routes/openFixture.js";
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
const ours = contenders.filter((contender) => contender.ours).map(({ name }) => name);
const tunnels: readonly ContenderName[] = contenders.map(({ name }) => name).filter((name) => name !== "plaintext");

const layouts = ["shared", "apart"] as const satisfies readonly Layout[];

const throughputGoals: Partial<Record<ContenderName, Goal>> = { haproxy: { atLeast: 0.4 } };

/** Ratios first. */
export const figures: readonly Figure[] = [
  ...tunnels.map((name) => ratio(`${name}.throughput50`, "plaintext.throughput50", throughputGoals[name])),
  ...ours.map((name) => ratio(`${name}.throughput50`, "article.throughput50", { atLeast: 2 })),
  ...tunnels.map((name) => ratio(`${name}.throughput50pipeline16`, "plaintext.throughput50pipeline16")),
  ...applicationRatios("shared", { operationsPerSecond: { atLeast: 1.25 }, p99Microseconds: { atMost: 1 } }),
  ratio("shared.connect1.haproxy.p50Microseconds", "shared.plain1.haproxy.p50Microseconds", { atMost: 1.05 }),
  ...ours.map((name) => ratio(`${name}.handshakesPerCpuSecond`, "article.handshakesPerCpuSecond", { atLeast: 2 })),
  ...tunnels.map((name) => overPlaintext(name, ours.includes(name) ? { atMost: 75 } : undefined)),
  ...tunnels.flatMap((name) =>
    ["clientKibibytes", "serverKibibytes"].map((end) =>
      plain(`${name}.${end}`, "KiB/connection", ours.includes(name) ? { atMost: 50 } : undefined),
    ),
  ),
  ...tunnels.map((name) => plain(`${name}.tunnelCpuMicroseconds`, "µs/operation")),
  ...contenders.flatMap(({ name }) => [
    plain(`${name}.throughput50`, "operations/s"),
    plain(`${name}.throughput50pipeline16`, "operations/s"),
    plain(`${name}.latencyP50Microseconds`, "µs"),
    plain(`${name}.handshakesPerCpuSecond`, "handshakes/CPU s"),
  ]),
  ...applicationRatios("apart", {}),
  ...layouts.flatMap((layout) =>
    applications.flatMap(({ client, inFlight, contender }) => [
      plain(`${layout}.${client}${inFlight}.${contender}.operationsPerSecond`, "operations/s"),
      plain(`${layout}.${client}${inFlight}.${contender}.p50Microseconds`, "µs"),
      plain(`${layout}.${client}${inFlight}.${contender}.p99Microseconds`, "µs"),
    ]),
  ),
];

/** Each way of using ioredis against what an application gets today: plain ioredis over plaintext. */
function applicationRatios(
  layout: Layout,
  goals: Partial<Record<"operationsPerSecond" | "p99Microseconds", Goal>>,
): Figure[] {
  return applications
    .filter(({ inFlight, contender }) => inFlight > 1 && contender !== "plaintext")
    .flatMap(({ client, inFlight, contender }) =>
      (["operationsPerSecond", "p99Microseconds"] as const).map((figure) =>
        ratio(
          `${layout}.${client}${inFlight}.${contender}.${figure}`,
          `${layout}.plain${inFlight}.plaintext.${figure}`,
          client === "connect" ? goals[figure] : undefined,
        ),
      ),
    );
}

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

function overPlaintext(contender: ContenderName, goal?: Goal): Figure {
  const [name, base] = [`${contender}.latencyP50Microseconds`, "plaintext.latencyP50Microseconds"];
  const of = (round: Round): number | undefined => {
    const [value, against] = [round.get(name), round.get(base)];
    return value === undefined || against === undefined ? undefined : value - against;
  };
  return { name: `${name} − ${base}`, unit: "µs", ...(goal && { goal }), of };
}
