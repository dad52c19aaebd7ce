import { parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import type { Result } from "../figures/result.js";
import { applications } from "../figures/round.js";
import { contenders } from "../contenders/table.js";
import { clientNames } from "./words.js";

export interface Chart {
  readonly file: string;
  readonly title: string;
  readonly svg: string;
}

interface Bar {
  readonly way: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly group: "ours" | "others";
}

/** The pictures of the page; each bar with its spread. */
export async function charts(results: readonly Result[]): Promise<Chart[]> {
  const bars = (name: string, way: string, ours: boolean): Bar[] =>
    results
      .filter((result) => result.name === name)
      .map(({ value, spread }) => {
        const group = ours ? "ours" : "others";
        return { way, value, low: value - spread, high: value + spread, group };
      });
  const ofContenders = (figure: string): Bar[] =>
    contenders.flatMap(({ name, label, ours }) => bars(`${name}.${figure}`, label, ours));
  return Promise.all([
    draw("throughput", "GET of 1 KiB, 50 connections", "operations/s", ofContenders("throughput50")),
    draw("pipelined", "The same, pipeline of 16", "operations/s", ofContenders("throughput50pipeline16")),
    draw("latency", "One connection: median latency", "µs", ofContenders("latencyP50Microseconds")),
    draw("cpu", "Both ends of the tunnel", "CPU µs/operation", ofContenders("tunnelCpuMicroseconds")),
    draw("application", "An application: 80 % reads, 50 in flight", "operations/s", ofApplications(bars)),
    draw("handshakes", "Full handshakes", "handshakes/CPU s, server end", ofContenders("handshakesPerCpuSecond")),
    draw("memory", "Memory at the server end", "KiB/connection", ofContenders("serverKibibytes")),
  ]);
}

function ofApplications(bars: (name: string, way: string, ours: boolean) => Bar[]): Bar[] {
  const labels = new Map(contenders.map(({ name, label }) => [name, label]));
  return applications
    .filter(({ inFlight }) => inFlight > 1)
    .flatMap(({ client, inFlight, contender }) => {
      const way = `${clientNames[client]}, ${labels.get(contender) ?? contender}`;
      return bars(`shared.${client}${inFlight}.${contender}.operationsPerSecond`, way, client === "connect");
    });
}

async function draw(file: string, title: string, unit: string, bars: readonly Bar[]): Promise<Chart> {
  const y = { field: "way", type: "nominal", sort: null, title: null, axis: { labelLimit: 320 } } as const;
  const scale = { domain: ["ours", "others"], range: ["#2a6f97", "#b8c4cc"] };
  const spec: TopLevelSpec = {
    width: 480,
    height: { step: 26 },
    background: "white",
    title,
    data: { values: [...bars] },
    layer: [
      {
        mark: "bar",
        encoding: {
          y,
          x: { field: "value", type: "quantitative", title: unit },
          color: { field: "group", type: "nominal", legend: null, scale },
        },
      },
      {
        mark: { type: "rule", strokeWidth: 2 },
        encoding: { y, x: { field: "low", type: "quantitative" }, x2: { field: "high" } },
      },
    ],
  };
  const svg = await new View(parse(compile(spec).spec), { renderer: "none" }).toSVG();
  return { file: `${file}.svg`, title, svg: `${svg}\n` };
}
