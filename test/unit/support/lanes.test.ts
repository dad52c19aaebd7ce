import assert from "node:assert/strict";
import { execa } from "execa";
import { lanesOf, layers, type Layer } from "../../layers.js";
import { outputOf } from "../../runner/output.js";

describe("layers side by side", () => {
  it("has each layer once, and those that boot hosts in one lane, in their order", () => {
    const lanes = lanesOf(layers);
    assert.equal(lanes.length, 2);
    assert.deepEqual(lanes.flat().map(nameOf).sort(), layers.map(nameOf).sort());
    const booting = layers.filter(({ bootsHosts }) => bootsHosts === true).map(nameOf);
    assert.ok(booting.length > 1);
    assert.deepEqual(lanes[0]?.map(nameOf), booting);
  });

  it("shares a LocalStack only among layers that follow each other", () => {
    const sharing = lanesOf(layers).filter((lane) =>
      lane.some(({ sharesLocalStack }) => sharesLocalStack === true),
    );
    assert.equal(sharing.length, 1);
  });

  it("is one lane where only layers of one kind are asked for", () => {
    const [first] = layers;
    assert.ok(first);
    assert.deepEqual(lanesOf([first]), [[first]]);
    assert.deepEqual(lanesOf([]), []);
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
    assert.equal(
      stdout,
      ["first", "second", "out", "last without an end"].map((line) => begins + line).join("\n"),
    );
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
