import assert from "node:assert/strict";
import { bundleSteps } from "../../../src/cli/bundleHosts.js";
import { periodOf } from "../../../src/verify/extract/period.js";
import { sampleEvidence, sharded } from "../../support/sample.js";

describe("the looks of a bundle", () => {
  const period = periodOf(undefined, undefined, new Date("2026-11-22T01:02:03Z"));
  const hosts = (count: number): string[] => Array.from({ length: count }, (_, index) => `cache=host-${index}`);
  const steps = (count: number): ReturnType<typeof bundleSteps> =>
    bundleSteps([...hosts(count), "aws"], sampleEvidence(sharded()), { period });

  it("have names that are sorted as they are taken, of few hosts and of hundreds", () => {
    for (const count of [1, 40, 200]) {
      const names = steps(count).map(({ name }) => name);
      assert.equal(names.length, 3 * count + 1);
      assert.deepEqual([...names].sort(), names);
    }
    assert.deepEqual(
      steps(1).map(({ name }) => name),
      ["01-cache-checks", "02-cache-extract", "03-cache-patches", "04-aws-checks"],
    );
  });

  it("are decided once for all nodes", () => {
    const looks = steps(5)
      .filter(({ name }) => name.endsWith("-cache-checks"))
      .map(({ look }) => look);
    assert.equal(looks.length, 5);
    assert.equal(new Set(looks).size, 1);
  });
});
