import assert from "node:assert/strict";
import fc from "fast-check";
import { dimensionNames, dimensions, nameOf, usual } from "../../../lab/scenario/dimensions.js";
import { choicesFor } from "../../support/dimensions.js";

const seeds = fc.nat(2 ** 31 - 1);
const names = fc.subarray(dimensionNames);

describe("choicesFor()", () => {
  it("takes every value of what a test depends on, each once, and first what is usual", () => {
    fc.assert(
      fc.property(seeds, names, fc.boolean(), (seed, dependsOn, isMixed) => {
        const choices = choicesFor(dependsOn, { exhaustive: false, seed, isMixed });
        for (const name of dimensionNames) {
          const values = new Set(choices.map((choice) => choice[name]));
          assert.equal(
            values.size,
            dependsOn.includes(name) || (isMixed && dependsOn.length > 0) ? dimensions[name].length : 1,
          );
        }
        const product = dependsOn.reduce((count, name) => count * dimensions[name].length, 1);
        assert.equal(choices.length, product);
        assert.equal(new Set(choices.map(nameOf)).size, product);
        assert.deepEqual(choices[0], { ...choices[0], ...usual });
      }),
    );
  });

  it("takes everything in an exhaustive run, so that no run has what that one lacks", () => {
    fc.assert(
      fc.property(seeds, names, (seed, dependsOn) => {
        const all = choicesFor([], { exhaustive: true, seed }).map(nameOf);
        assert.equal(
          all.length,
          dimensionNames.reduce((count, name) => count * dimensions[name].length, 1),
        );
        for (const choice of choicesFor(dependsOn, { exhaustive: false, seed }))
          assert.ok(all.includes(nameOf(choice)));
      }),
    );
  });

  it("lets the seed choose: the same one the same, and over some seeds every combination", () => {
    const chosen = (seed: number): string[] =>
      choicesFor(["tunnel"], { exhaustive: false, seed, isMixed: true }).map(nameOf);
    assert.deepEqual(chosen(7), chosen(7));
    const all = choicesFor([], { exhaustive: true, seed: 0 }).map(nameOf);
    const come = Array.from({ length: all.length }, (_, seed) => chosen(seed)).flat();
    assert.deepEqual([...new Set(come)].sort(), [...all].sort());
  });
});
