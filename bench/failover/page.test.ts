import assert from "node:assert/strict";
import { disturbed } from "../report/machine.js";
import { goalMs, rowsOf, type Measured } from "./figures.js";
import { page, toldLines } from "./page.js";
import { drawGaps, plotWords } from "./plot.js";
import { runsOf } from "./runsOf.js";
import { topologies } from "./topology.js";

const five = [3100, 3000, 3300, 3200, 3400];
const killed = runsOf(five);
const cutOff = runsOf(five, { name: "its host is cut off", tunnel: "stunnel", mayLose: 10 });
const handedOver = runsOf([400], { name: "its Redis is restarted", planned: true, manner: "patient", failed: 0 });

const text = (measured: readonly Measured[], machine: readonly string[] = ["Machine A"]): string =>
  page({ topology: topologies.replicas, rows: rowsOf(measured), machine }).join("\n");

describe("the page of failovers", () => {
  it("says first how soon an application writes again, and after which fault last", () => {
    const slower = runsOf([4100, 4200, 4600], { tunnel: "stunnel" });
    assert.ok(
      text([...killed, ...slower, ...cutOff]).includes(
        "- After 2 of 2 faults of the primary an application writes again within 5 s (median of 3 each, HAProxy and stunnel)." +
          " The longest median is 4.20 s, when its Redis is killed (stunnel); the longest of all gaps 4.60 s.",
      ),
    );
  });

  it("says which goal is missed, in its sentence and in its table", () => {
    const missed = text([...killed, ...runsOf([goalMs + 100], { name: "its host is cut off" })]);
    assert.match(missed, /^- After 1 of 2 faults .*\*\*Later\*\* when its host is cut off \(HAProxy\): 5\.10 s\.$/m);
    assert.match(missed, /^\| its host is cut off \| HAProxy \| 5\.10 s \| 5\.10 s \| \*\*no\*\* \|/m);
    assert.doesNotMatch(text(killed), /\*\*/);
  });

  it("says how many acknowledged writes are lost, and marks what is more than may be", () => {
    const lose = (lost: number): string =>
      text([...killed, ...runsOf([1, 1], { name: "it is cut off", lost, mayLose: 10 })]);
    assert.ok(lose(0).includes("- Of 7,000 acknowledged writes none was lost."));
    assert.ok(
      lose(10).includes(
        "- Of 7,000 acknowledged writes 20 were lost: when it is cut off, at most 10 (HAProxy) in a run, where 10 may be. No run lost more",
      ),
    );
    assert.match(lose(11), /\*\*That is more than may be lost\.\*\*/);
    assert.match(lose(11), /\| \*\*11\*\* \| 10 \|$/m);
  });

  it("says of a hand-over what fails by which client, and has no goal for it", () => {
    const quick = runsOf([300], { name: "its Redis is restarted", planned: true, failed: 7 });
    const other = runsOf([500], { name: "its Redis is restarted", planned: true, failed: 3, tunnel: "stunnel" });
    const found = text([...killed, ...handedOver, ...quick, ...other]);
    assert.match(
      found,
      /^- A hand-over with `connect\(\{ \.\.\.patient \}\)` takes 0\.40 s \(HAProxy\): no write failed, and none was lost\.$/m,
    );
    assert.match(
      found,
      /^- A hand-over with `connect\(\)` takes 0\.30 s \(HAProxy\) and 0\.50 s \(stunnel\): up to 7 writes failed in a run, each within 410 ms, and none was lost\.$/m,
    );
    assert.match(
      found,
      /^\| its Redis is restarted: connect\(\{ \.\.\.patient \}\) \| HAProxy \| 0\.40 s \| 0\.40 s \| {2}\| 0 \| {2}\| 0 \| 0 \|$/m,
    );
  });

  it("says of a disturbed run, here and in docs/replicas.md, that it is preliminary", () => {
    const run = { topology: topologies.replicas, rows: rowsOf(killed), machine: ["Machine A"] };
    for (const lines of [page, toldLines]) {
      assert.match(
        lines({ ...run, machine: ["Machine A", disturbed] }).join("\n"),
        /^Other work kept .* preliminary\.$/m,
      );
      assert.doesNotMatch(lines(run).join("\n"), /preliminary/);
    }
  });
});

describe("the page of failovers of shards", () => {
  it("says whose primary it is, and shows its own plot", () => {
    const found = page({ topology: topologies.shards, rows: rowsOf(killed), machine: [] }).join("\n");
    assert.match(found, /^- After 1 of 1 faults of a shard's primary an application writes again within 5 s /m);
    assert.match(found, /^## Each fault of a shard's primary$/m);
    assert.match(found, /\(failover-shards\.svg\)/);
    assert.ok(!found.includes("replicas.md"));
  });
});

describe("the plot of failovers", () => {
  it("has a dot for each run, a line and a number for their median, each tunnel's name, and the goal", async () => {
    const svg = await drawGaps(rowsOf([...killed, ...cutOff, ...handedOver]));
    for (const words of [plotWords, "its Redis is killed", "HAProxy", "stunnel", "3.20 s", "0.40 s"]) {
      assert.ok(svg.includes(`>${words}</text>`), words);
    }
    assert.match(svg, /^<svg [^>]*><style>\n.*prefers-color-scheme:dark/s);
    assert.equal(svg.match(/aria-roledescription="circle"/g)?.length, 11);
    assert.equal(svg.match(/aria-roledescription="tick"/g)?.length, 3);
    assert.equal(svg.match(/stroke-dasharray="4,4"/g)?.length, 1);
  });

  it("has no number where the goal's line runs through it", async () => {
    const near = runsOf([4700], { name: "its host is cut off", tunnel: "stunnel" });
    const far = runsOf([3000], { name: "its Redis is killed" });
    const svg = await drawGaps(rowsOf([...near, ...far]));
    const place = (before: string, after = ""): number =>
      Number(new RegExp(`${before}[^>]*translate\\(([\\d.]+),[^>]*>${after}`).exec(svg)?.[1]);
    const goal = place('aria-roledescription="rule mark"');
    assert.ok(place("<text", "4\\.70 s<") > goal, svg);
    assert.ok(place("<text", "3\\.00 s<") < goal - 50, svg);
  });
});
