import assert from "node:assert/strict";
import type { Throughput } from "./measure.js";
import { page } from "./page.js";

const cpu = { application: 10, "its tunnel": 20, "nodes' tunnel": 30, Redis: 40 };
const rounds = (...rates: number[]): Throughput[] => rates.map((operationsPerSecond) => ({ operationsPerSecond, cpu }));

describe("the page of three shards beside one node", () => {
  it("says by medians how many operations each answers, and for how much CPU", () => {
    const rows = [{ inFlight: 50, node: rounds(1000, 2000, 9000), shards: rounds(1000, 1500, 1600) }];
    const text = page({ rows, machine: ["Machine A"] }).join("\n");
    assert.match(
      text,
      /^- With 50 commands in flight three shards answer 1,500 operations a second and one node 2,000 \(0\.75 times as many\), for 100 and 100 µs of CPU each\.$/m,
    );
    assert.match(text, /^\| 50 \| 2,000 ± 2,000 \| 1,500 ± 150 \|$/m);
    assert.match(text, /^\| 50 \| three shards \| 10 ± 0 \| 20 ± 0 \| 30 ± 0 \| 40 ± 0 \| 100 ± 0 \|$/m);
    assert.match(text, /^Medians of 3 rounds/m);
  });
});
