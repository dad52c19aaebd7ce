import assert from "node:assert/strict";
import fc from "fast-check";
import {
  allChoices,
  dimensionNames,
  dimensions,
  nameOf,
  usual,
  type Choice,
} from "../../../lab/scenario/dimensions.js";
import { cacheProblems } from "../../../src/arguments/cacheProblems.js";
import { choicesFor, usualOf } from "../../support/dimensions.js";
import { sampleArguments } from "../../support/sample.js";

const seeds = fc.nat(2 ** 31 - 1);
const names = fc.subarray(dimensionNames);

describe("choicesFor()", () => {
  it("takes every value of what a test depends on, each combination once, and first what is usual", () => {
    fc.assert(
      fc.property(seeds, names, fc.boolean(), (seed, dependsOn, isMixed) => {
        const choices = choicesFor(dependsOn, { exhaustive: false, seed, isMixed, usual });
        const of = (choice: (typeof choices)[number]): string => dependsOn.map((name) => choice[name]).join();
        assert.deepEqual(choices.map(of).sort(), [...new Set(allChoices.map(of))].sort());
        for (const name of dependsOn)
          assert.deepEqual(new Set(choices.map((choice) => choice[name])), new Set(dimensions[name]));
        assert.deepEqual(choices[0], { ...choices[0], ...usual });
      }),
    );
  });

  it("takes of all else what is usual, but where the library refuses that, or further choices are to be mixed", () => {
    const chosen = (dependsOn: Parameters<typeof choicesFor>[0], isMixed: boolean): string[] =>
      choicesFor(dependsOn, {
        exhaustive: false,
        seed: 8,
        isMixed,
        usual: { ...usual, operatingSystem: "debian-12", tunnel: "haproxy" },
      }).map(nameOf);
    assert.deepEqual(chosen([], false), ["haproxy, debian-12, redis"]);
    assert.deepEqual(chosen(["tunnel"], false), ["haproxy, debian-12, redis", "stunnel, debian-12, redis"]);
    assert.deepEqual(chosen(["tunnel"], true), ["haproxy, debian-12, redis", "stunnel, debian-13, valkey"]);
    assert.deepEqual(chosen(["engine"], false), ["haproxy, debian-12, redis", "haproxy, debian-13, valkey"]);
  });

  it("takes everything in an exhaustive run, so that no run has what that one lacks", () => {
    fc.assert(
      fc.property(seeds, names, fc.boolean(), (seed, dependsOn, isMixed) => {
        const all = choicesFor([], { exhaustive: true, seed, usual }).map(nameOf);
        assert.deepEqual([...all].sort(), allChoices.map(nameOf).sort());
        for (const choice of choicesFor(dependsOn, { exhaustive: false, seed, isMixed, usual }))
          assert.ok(all.includes(nameOf(choice)));
      }),
    );
  });

  it("lets the seed choose: the same one the same, and over some seeds everything of what is usual and what is mixed with it", () => {
    const chosen = (seed: number): string[] =>
      choicesFor(["tunnel"], { exhaustive: false, seed, isMixed: true, usual }).map(nameOf);
    assert.deepEqual(chosen(7), chosen(7));
    const come = Array.from({ length: 100 }, (_, seed) => chosen(seed)).flat();
    assert.deepEqual([...new Set(come)].sort(), allChoices.map(nameOf).sort());
  });
});

describe("allChoices", () => {
  it("has every combination that the library takes, and none that it refuses", () => {
    const isTaken = (choice: Choice): boolean =>
      cacheProblems("sessions", { ...sampleArguments, ...choice }).length === 0;
    const every = dimensions.tunnel.flatMap((tunnel) =>
      dimensions.operatingSystem.flatMap((operatingSystem) =>
        dimensions.engine.map((engine) => ({ tunnel, operatingSystem, engine })),
      ),
    );
    assert.deepEqual(allChoices, every.filter(isTaken));
    assert.ok(allChoices.length < every.length);
  });
});

describe("TEST_USUAL", () => {
  it("changes what is usual, and chooses where else the seed does", () => {
    assert.deepEqual(usualOf(), usual);
    const changed = usualOf(" operatingSystem=debian-13  engine=valkey tunnel=stunnel");
    assert.deepEqual(changed, { tunnel: "stunnel", operatingSystem: "debian-13", engine: "valkey" });
    for (const seed of [0, 1])
      assert.deepEqual(choicesFor([], { exhaustive: false, seed, usual: changed }).map(nameOf), [
        "stunnel, debian-13, valkey",
      ]);
  });

  it("is refused where there is no such value, or the library refuses the combination", () => {
    assert.throws(
      () => usualOf("engine=keydb"),
      /^Error: TEST_USUAL: got "engine=keydb"\. Give tunnel=.*engine=valkey\.$/,
    );
    assert.throws(
      () => usualOf("operatingSystem=debian-12 engine=valkey"),
      /^Error: TEST_USUAL: the library refuses debian-12 with valkey\. Give another value of one of them\.$/,
    );
  });
});
