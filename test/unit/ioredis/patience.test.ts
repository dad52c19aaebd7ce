import assert from "node:assert/strict";
import fc from "fast-check";
import { patience, reconnectDelayMs } from "../../../src/ioredis/patience.js";

describe("patience of connect()", () => {
  it("reconnects after 37 to 188 ms, however often it has been tried", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (attempt) => {
        const delayMs = reconnectDelayMs(attempt);
        return delayMs >= 37 && delayMs <= 188;
      }),
    );
  });

  it("never goes longer than 300 ms without a connection that would notice the end of a silence", () => {
    assert.ok(patience.disconnectTimeout + reconnectDelayMs(1_000_000) < 300);
  });
});
