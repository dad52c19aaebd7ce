import assert from "node:assert/strict";
import { longestSilence, type Operation } from "../../../lab/scenario/honestTraffic.js";

const operation = (started: number, answered = true): Operation => ({ started, duration: 5, answered });

describe("the longest silence of a cache, as an application sees it", () => {
  it("is the longest time between two answers, from a moment on", () => {
    assert.equal(
      longestSilence(
        [0, 20, 40, 400, 420].map((at) => operation(at)),
        30,
      ),
      360,
    );
    assert.equal(
      longestSilence(
        [100, 120].map((at) => operation(at)),
        30,
      ),
      75,
    );
  });

  it("goes on while operations fail, and takes no order for granted", () => {
    const failing = [operation(60), operation(20), operation(40, false)];
    assert.equal(longestSilence(failing, 0), 40);
  });

  it("is nothing where nothing was answered: nobody can tell how long that lasts", () => {
    assert.equal(longestSilence([operation(20, false)], 0), 0);
  });
});
