import type { ClientName } from "../../lab/load/applicationLoad.js";
import type { ContenderName } from "../contenders/contender.js";
import type { Layout } from "../../lab/routes/openFixture.js";
import { applicationName, applications, type Application } from "./applications.js";
import { later, plain, ratio, type Figure } from "./figure.js";
import type { Goal } from "./result.js";

/** What an application tells of itself, and in which unit. */
export const applicationUnits = {
  operationsPerSecond: "operations/s",
  p50Microseconds: "µs",
  p99Microseconds: "µs",
  cpuMicroseconds: "µs/operation",
} as const;

export type ApplicationFigure = keyof typeof applicationUnits;

const compared = ["operationsPerSecond", "p99Microseconds"] as const satisfies readonly ApplicationFigure[];
type Goals = Partial<Record<(typeof compared)[number], Goal>>;

/** What an application would have instead of `connect()`, the mark first. */
export const instead = [
  ["plain", "redisTls"],
  ["nodeRedis", "redisTls"],
  ["glide", "redisTls"],
  ["plain", "plaintext"],
  ["plain", "article"],
] as const satisfies readonly (readonly [ClientName, ContenderName])[];

/** `connect()` against each other choice, and every way against plain ioredis over plaintext. */
export function applicationRatios(layout: Layout, workers: boolean): Figure[] {
  const same = applications.filter((one) => one.inFlight > 1 && one.workers === workers);
  return instead.flatMap(([client, contender]) => {
    const base: Application = { client, contender, inFlight: 50, workers, inPlots: true };
    const name = applicationName(base);
    return same
      .filter((one) => one.client === "connect" || (contender === "plaintext" && applicationName(one) !== name))
      .flatMap((one) => {
        const goals = goalsOf(one, base, layout);
        return compared.map((figure) =>
          ratio(`${layout}.${applicationName(one)}.${figure}`, `${layout}.${name}.${figure}`, goals[figure]),
        );
      });
  });
}

/** Goals count for one process on hosts that share the processors; own TLS is the mark of the engine that is the default. */
function goalsOf({ client, contender, workers }: Application, base: Application, layout: Layout): Goals {
  if (client !== "connect" || base.client !== "plain" || workers || layout !== "shared") return {};
  if (base.contender === "plaintext") return { operationsPerSecond: { atLeast: 1.25 }, p99Microseconds: { atMost: 1 } };
  if (base.contender !== "redisTls" || !contender.startsWith("haproxy")) return {};
  return { operationsPerSecond: { atLeast: 1 }, p99Microseconds: { atMost: 1 } };
}

/** One request at a time: `connect()` against ioredis through the same tunnel, and how much later than over plaintext. */
export function loneRequest(contender: ContenderName, atMost: number): Figure[] {
  const name = (client: "plain" | "connect", way: ContenderName): string =>
    `shared.${applicationName({ client, contender: way, inFlight: 1, workers: false })}.p50Microseconds`;
  const own = name("connect", contender);
  return [
    ratio(own, name("plain", contender), { atMost }),
    later(own, name("plain", "plaintext"), contender === "haproxySocket" ? { atMost: 60 } : undefined),
  ];
}

/** All that applications told, as it is. */
export function applicationValues(layout: Layout): Figure[] {
  return applications.flatMap((application) =>
    Object.entries(applicationUnits).map(([figure, unit]) =>
      plain(`${layout}.${applicationName(application)}.${figure}`, unit),
    ),
  );
}
