import type { ContenderName } from "../contenders/contender.js";
import { contenders } from "../contenders/table.js";
import { applicationRatios, applicationValues, loneRequest } from "./applicationFigures.js";
import { later, plain, ratio, type Figure } from "./figure.js";
import { result, type Goal, type Result, type Round } from "./result.js";

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

const throughputGoals: Partial<Record<ContenderName, Goal>> = {
  haproxy: { atLeast: 0.4 },
  haproxySocket: { atLeast: 0.45 },
};

const latencyGoals: Partial<Record<ContenderName, Goal>> = {
  stunnel: { atMost: 75 },
  stunnelSocket: { atMost: 75 },
  haproxy: { atMost: 75 },
  haproxySocket: { atMost: 60 },
};

/** What the socket takes off the tunnel's work, in the same run. */
const socketCpuGoals = { haproxy: { atMost: 0.9 }, stunnel: undefined } as const;

/** Ratios first. */
export const figures: readonly Figure[] = [
  ...applicationRatios("shared", false),
  ...tunnels.map((name) => ratio(`${name}.throughput50`, "plaintext.throughput50", throughputGoals[name])),
  ...ours.map((name) => ratio(`${name}.throughput50`, "article.throughput50", { atLeast: 2 })),
  ...(["haproxy", "stunnel"] as const).map((name) =>
    ratio(`${name}Socket.tunnelCpuMicroseconds`, `${name}.tunnelCpuMicroseconds`, socketCpuGoals[name]),
  ),
  ...loneRequest("haproxy", 1.05),
  ...loneRequest("haproxySocket", 1),
  ...tunnels.map((name) =>
    later(`${name}.latencyP50Microseconds`, "plaintext.latencyP50Microseconds", latencyGoals[name]),
  ),
  ...ours.map((name) => ratio(`${name}.handshakesPerCpuSecond`, "article.handshakesPerCpuSecond", { atLeast: 2 })),
  ...tunnels.flatMap((name) =>
    ["clientKibibytes", "serverKibibytes"].map((end) =>
      plain(`${name}.${end}`, "KiB/connection", ours.includes(name) ? { atMost: 50 } : undefined),
    ),
  ),
  ...applicationRatios("shared", true),
  ...tunnels.map((name) => ratio(`${name}.throughput50pipeline16`, "plaintext.throughput50pipeline16")),
  ...tunnels.map((name) => plain(`${name}.tunnelCpuMicroseconds`, "µs/operation")),
  ...contenders.flatMap(({ name }) => [
    plain(`${name}.throughput50`, "operations/s"),
    plain(`${name}.throughput50pipeline16`, "operations/s"),
    plain(`${name}.latencyP50Microseconds`, "µs"),
    plain(`${name}.handshakesPerCpuSecond`, "handshakes/CPU s"),
  ]),
  ...applicationRatios("apart", false),
  ...applicationRatios("apart", true),
  ...applicationValues("shared"),
  ...applicationValues("apart"),
];
