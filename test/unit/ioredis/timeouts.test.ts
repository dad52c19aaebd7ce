import assert from "node:assert/strict";
import { mock } from "node:test";
import fc from "fast-check";
import { keepTimerLists } from "../../../src/ioredis/keepTimerLists.js";
import { timeouts, reconnectDelayMs } from "../../../src/ioredis/timeouts.js";

describe("timeouts of connect()", () => {
  it("is these options of ioredis's, to the last value", () => {
    assert.deepEqual(timeouts, {
      commandTimeout: 400,
      socketTimeout: 2000,
      connectTimeout: 300,
      disconnectTimeout: 50,
      keepAlive: 10_000,
      maxRetriesPerRequest: 1,
      retryStrategy: reconnectDelayMs,
    });
  });

  it("reconnects after 37 to 188 ms, however often it has been tried", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (attempt) => {
        const delayMs = reconnectDelayMs(attempt);
        return delayMs >= 37 && delayMs <= 188;
      }),
    );
  });

  for (const [random, delays] of [
    [0, [38, 75, 113, 113, 113]],
    [0.5, [50, 100, 150, 150, 150]],
    [0.999, [62, 125, 187, 187, 187]],
  ] as const) {
    it(`waits ${delays.join(", ")} ms before the first attempts where chance says ${random}`, () => {
      const chance = mock.method(Math, "random", () => random);
      try {
        assert.deepEqual([1, 2, 3, 4, 1000].map(reconnectDelayMs), delays);
      } finally {
        chance.mock.restore();
      }
    });
  }

  it("never goes longer than 300 ms without a connection that would notice the end of a silence", () => {
    assert.ok(timeouts.disconnectTimeout + reconnectDelayMs(1_000_000) < 300);
  });
});

describe("keepTimerLists()", () => {
  it("keeps a timer for each duration that there is, which holds no process, until it is told", () => {
    const made: [NodeJS.Timeout, number | undefined][] = [];
    const cleared: unknown[] = [];
    const { setInterval, clearInterval } = globalThis;
    const start = mock.method(globalThis, "setInterval", (callback: () => void, duration?: number) => {
      callback();
      const timer = setInterval(callback, duration);
      made.push([timer, duration]);
      return timer;
    });
    const stop = mock.method(globalThis, "clearInterval", (timer: NodeJS.Timeout) => {
      cleared.push(timer);
      clearInterval(timer);
    });
    try {
      const release = keepTimerLists([100, undefined, 2000, undefined]);
      assert.deepEqual(
        made.map(([timer, duration]) => [timer.hasRef(), duration]),
        [
          [false, 100],
          [false, 2000],
        ],
      );
      assert.deepEqual(cleared, []);
      release();
      assert.deepEqual(
        cleared,
        made.map(([timer]) => timer),
      );
    } finally {
      start.mock.restore();
      stop.mock.restore();
    }
  });
});
