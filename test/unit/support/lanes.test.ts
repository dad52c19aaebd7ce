import assert from "node:assert/strict";
import { execa } from "execa";
import { labs } from "../../../lab/hosts/labs.js";
import { Lanes, layers, type Layer } from "../../layers.js";
import { outputOf } from "../../runner/output.js";

describe("layers side by side", () => {
  it("has each layer once, and those that boot hosts in one lab in one lane, in their order", () => {
    const lanes = new Lanes(layers);
    assert.equal(lanes.count, labs.length + 2);
    const taken: string[] = [];
    for (const [lane, lab] of labs.entries()) {
      const booting = layers.filter((layer) => layer.lab === lab).map(nameOf);
      assert.ok(booting.length > 0);
      const first = booting.map(() => lanes.next(lane)?.name);
      assert.deepEqual(first, booting);
      taken.push(...booting);
    }
    // What is left is taken by whoever asks.
    for (let turn = 0; ; turn += 1) {
      const layer = lanes.next(turn % lanes.count);
      if (layer === undefined) break;
      assert.equal(layer.lab, undefined);
      taken.push(layer.name);
    }
    assert.deepEqual(taken.sort(), layers.map(nameOf).sort());
  });

  it("shares a LocalStack only among layers that boot hosts, which look at their own VPCs", () => {
    const sharing = layers.filter(({ sharesLocalStack }) => sharesLocalStack === true);
    assert.ok(sharing.length > 1);
    for (const { lab } of sharing) assert.notEqual(lab, undefined);
  });

  it("is one lane where only layers of one kind are asked for", () => {
    for (const one of [layers.filter(({ lab }) => lab === undefined), layers.filter(({ lab }) => lab === labs[1])]) {
      const lanes = new Lanes(one);
      assert.equal(lanes.count, 1);
      assert.deepEqual(
        one.map(() => lanes.next(0)?.name),
        one.map(nameOf),
      );
      assert.equal(lanes.next(0), undefined);
    }
    assert.equal(new Lanes([]).count, 0);
  });

  it("begins each line of a layer with its name, of both streams", async () => {
    const script = `
      const { execa } = await import("execa");
      const { outputOf } = await import("./test/runner/output.ts");
      const { say, stdio } = outputOf({ name: "unit", what: "" }, true);
      say("first\\nsecond");
      await execa("sh", ["-c", "printf 'out\\\\nlast without an end'; echo problem >&2"], stdio);`;
    const { stdout, stderr } = await execa("node", ["--import", "tsx", "--input-type=module", "-e", script]);
    const begins = "unit        | ";
    assert.equal(stdout, ["first", "second", "out", "last without an end"].map((line) => begins + line).join("\n"));
    assert.equal(stderr, `${begins}problem`);
  });

  it("leaves the terminal to a layer that is alone", () => {
    const [first] = layers;
    assert.ok(first);
    assert.deepEqual(outputOf(first, false).stdio, {
      stdin: "inherit",
      stdout: "inherit",
      stderr: "inherit",
    });
  });
});

function nameOf({ name }: Layer): string {
  return name;
}
