import type { ClientName } from "../../lab/load/applicationLoad.js";
import type { ContenderName } from "../contenders/contender.js";

/** How an application reaches the cache. */
export interface Application {
  readonly client: ClientName;
  readonly contender: ContenderName;
  /** Requests that go on side by side. */
  readonly inFlight: number;
  /** Each of them on a connection of its own, as the workers of a cluster have it; else all share one. */
  readonly workers: boolean;
  /** Shown in the plots, which say what an application may choose from. */
  readonly inPlots: boolean;
}

type Choice = readonly [ClientName, ContenderName];

/** What an application may have, in the order of the plots: a client that holds the key itself is what teams pick today. */
const choices: readonly Choice[] = [
  ["plain", "plaintext"],
  ["plain", "redisTls"],
  ["nodeRedis", "redisTls"],
  ["glide", "redisTls"],
  ["plain", "article"],
  ["connect", "stunnelSocket"],
  ["connect", "haproxy"],
  ["connect", "haproxySocket"],
];

/** To see what `connect()` adds, and what the socket. */
const besides: readonly Choice[] = [
  ["connect", "stunnel"],
  ["plain", "haproxy"],
  ["plain", "haproxySocket"],
];

const lone: readonly Choice[] = [
  ["plain", "plaintext"],
  ["plain", "redisTls"],
  ["plain", "haproxy"],
  ["connect", "haproxy"],
  ["plain", "haproxySocket"],
  ["connect", "haproxySocket"],
];

/** Every application that is measured: 50 requests on one connection, 50 workers with one each, and a lone request. */
export const applications: readonly Application[] = [
  ...choices.map((one) => application(one, 50, false, true)),
  ...besides.map((one) => application(one, 50, false, false)),
  ...choices.map((one) => application(one, 50, true, true)),
  ...lone.map((one) => application(one, 1, false, true)),
];

function application([client, contender]: Choice, inFlight: number, workers: boolean, inPlots: boolean): Application {
  return { client, contender, inFlight, workers, inPlots };
}

/** Its part in the names of its figures, such as `connect50.haproxy`, or `connect50workers.haproxy`. */
export function applicationName({ client, contender, inFlight, workers }: Omit<Application, "inPlots">): string {
  return `${client}${inFlight}${workers ? "workers" : ""}.${contender}`;
}
