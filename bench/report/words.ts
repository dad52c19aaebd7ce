import type { ClientName } from "../../lab/load/applicationLoad.js";
import type { Application } from "../figures/applications.js";
import { contenders } from "../contenders/table.js";

/** What each figure is called on a page, by the last part of its name. */
const figures: Readonly<Record<string, string>> = {
  throughput50: "throughput, 50 connections",
  throughput50pipeline16: "throughput, 50 connections, pipeline of 16",
  latencyP50Microseconds: "median latency, one connection",
  handshakesPerCpuSecond: "handshakes a CPU second, server end",
  clientKibibytes: "memory of a connection, client end",
  serverKibibytes: "memory of a connection, server end",
  cpuMicroseconds: "CPU of an operation",
  tunnelCpuMicroseconds: "CPU of an operation, both ends of the tunnel",
  operationsPerSecond: "throughput",
  p50Microseconds: "median latency",
  p99Microseconds: "99th percentile of latency",
};

/** The client that an application uses. */
const clientNames: Readonly<Record<ClientName, string>> = {
  plain: "ioredis",
  autopipelining: "autopipelining",
  connect: "connect()",
  nodeRedis: "node-redis",
  glide: "Valkey GLIDE",
};

/** An application in a plot, as somebody says it who chooses. */
export function applicationWords({ client, contender }: Pick<Application, "client" | "contender">): string {
  const label = contenders.find(({ name }) => name === contender)?.label ?? contender;
  const way = contender === "redisTls" ? "its own TLS" : label.replace(/^ours, /, "our ");
  return `${clientNames[client]}, ${way}`;
}

const places = { shared: "processors shared", apart: "hosts apart" } as const;

interface Named {
  readonly figure: string;
  readonly way: string;
}

/** The name of a figure in words, such as `haproxy.throughput50 / plaintext.throughput50`: what is measured, and of which way. */
export function inWords(name: string): string {
  const [own = "", operator, base] = name.split(/ ([/−]) /);
  const { figure, way } = named(own);
  if (operator === undefined || base === undefined) return `${figure}: ${way}`;
  return `${figure}: ${way} ${operator === "/" ? "÷" : operator} ${named(base).way}`;
}

/** `haproxy.throughput50`, or of an application `shared.connect50.haproxy.operationsPerSecond`. */
function named(name: string): Named {
  const parts = name.split(".");
  const figure = figures[parts.at(-1) ?? ""];
  const contender = contenders.find((one) => one.name === parts.at(-2));
  if (figure === undefined || contender === undefined)
    throw new Error(`The figure ${name} has no words yet: give it some here.`);
  const label = contender.label.replace(/^ours, /, "our ");
  const [, place, client, inFlight, workers] = /^(shared|apart)\.([a-zA-Z]+)(\d+)(workers)?\./.exec(name) ?? [];
  if (place === undefined) return { figure, way: label };
  return {
    figure: `application's ${figure}, ${inFlight} ${workers === undefined ? "in flight" : "workers"}, ${places[place as keyof typeof places]}`,
    way: `${clientNames[client as keyof typeof clientNames]} over ${label}`,
  };
}
