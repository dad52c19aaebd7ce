import assert from "node:assert/strict";
import { mock } from "node:test";
import { until, waitFor } from "../../../lab/until.js";

/** False for so many looks, then true. */
function trueAfter(looks: number): () => boolean {
  return () => looks-- <= 0;
}

describe("waiting", () => {
  it("ends when the condition holds", async () => {
    assert.equal(await until(trueAfter(3), 60_000, 1), true);
    await waitFor("it holds", trueAfter(1));
  });

  it("says so, or what was waited for and what there is to see, when it does not hold in time", async () => {
    assert.equal(await until(() => false, 0, 1), false);
    const waiting = waitFor("the sun rises", () => false, { timeoutMs: 0, shown: () => "a dark sky" });
    await assert.rejects(waiting, {
      message: "Waited in vain: the sun rises: still not so after 0 s\na dark sky",
    });
  });

  it("counts little of what passes at once, as where the machine stood still, and all of what passes in small steps", async () => {
    let now = 0;
    const clock = mock.method(performance, "now", () => now);
    const passing = (steps: readonly number[]): (() => boolean) => {
      const left = [...steps];
      return () => {
        now += left.shift() ?? 0;
        return left.length === 0;
      };
    };
    try {
      assert.equal(await until(passing([0, 600_000, 0, 0]), 60_000, 1), true);
      assert.equal(await until(passing([0, ...Array.from({ length: 9 }, () => 10_000), 0]), 60_000, 1), false);
    } finally {
      clock.mock.restore();
    }
  });

  it("ends at once when there is no hope", async () => {
    const waiting = waitFor("it is ready", () => false, { hopeless: () => "it has ended" });
    await assert.rejects(waiting, { message: "Waited in vain: it is ready: it has ended" });
  });

  it("takes what came about just before there was no hope", async () => {
    await waitFor("it is ready", () => true, { hopeless: () => "it has ended" });
  });

  it("takes an error of the condition for what it is", async () => {
    const broken = waitFor("it holds", () => Promise.reject(new Error("cannot look")));
    await assert.rejects(broken, { message: "cannot look" });
  });

  it("lets others run between two looks", async () => {
    let ran = false;
    setImmediate(() => (ran = true));
    await waitFor("others have run", () => ran);
  });
});
