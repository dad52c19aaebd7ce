import type { Result } from "../figures/result.js";
import { applicationName } from "../figures/applications.js";
import { instead } from "../figures/applicationFigures.js";
import type { ContenderName } from "../contenders/contender.js";
import { rounded } from "./rounded.js";

/** The way that a cache and its applications have by default comes first; an older run has measured the other alone. */
const byDefault: readonly ContenderName[] = ["haproxySocket", "haproxy"];

/** Who else there is, as it stands behind a number of times. */
const others: Readonly<Record<string, string>> = {
  "plain.redisTls": "ioredis with its own TLS",
  "nodeRedis.redisTls": "node-redis with its own TLS",
  "glide.redisTls": "Valkey GLIDE with its own TLS",
  "plain.plaintext": "ioredis over plaintext",
  "plain.article": "ioredis through the article's tunnel",
};

/** What an application gets, against what it would pick instead: the one sentence of the page, which README has too. */
export function headline(results: readonly Result[]): string {
  return said(results, false, "An application with 50 requests in flight");
}

/** The same for 50 workers with a connection each. */
export function workersHeadline(results: readonly Result[]): string {
  return said(results, true, "Where 50 workers of one process have a connection each, they");
}

function said(results: readonly Result[], workers: boolean, who: string): string {
  const values = new Map(results.map(({ name, value }) => [name, value]));
  const measure = (client: "connect" | "plain" | "nodeRedis" | "glide", contender: ContenderName): string =>
    `shared.${applicationName({ client, contender, inFlight: 50, workers })}.operationsPerSecond`;
  const own = byDefault.map((contender) => measure("connect", contender)).find((name) => values.has(name));
  const value = own === undefined ? undefined : values.get(own);
  if (own === undefined || value === undefined) return "";
  const times = instead.flatMap(([client, contender]) => {
    const ratio = values.get(`${own} / ${measure(client, contender)}`);
    return ratio === undefined ? [] : [`${ratio.toFixed(2)} times ${others[`${client}.${contender}`] ?? ""}`];
  });
  const got = `${who} ${workers ? "get" : "gets"} ${thousands(value)} operations a second through the tunnel`;
  return `${got} (\`connect()\`, HAProxy): ${listed(times)}.`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")}, and ${parts.at(-1) ?? ""}`;
}

function thousands(value: number): string {
  return rounded(Number(value.toPrecision(3)));
}
