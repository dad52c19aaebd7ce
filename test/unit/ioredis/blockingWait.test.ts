import assert from "node:assert/strict";
import fc from "fast-check";
import { blockingWaitMs } from "../../../src/ioredis/blockingWait.js";

describe("how long a command may wait at the cache", () => {
  for (const [command, milliseconds] of [
    ["blpop a b 5", 5000],
    ["BRPOP a 0.5", 500],
    ["brpoplpush a b 1", 1000],
    ["blmove a b LEFT RIGHT 2", 2000],
    ["bzpopmin a 5", 5000],
    ["bzpopmax a 5", 5000],
    ["blmpop 5 2 a b LEFT", 5000],
    ["bzmpop 5 2 a b MIN", 5000],
    ["xread COUNT 1 BLOCK 250 STREAMS a $", 250],
    ["xreadgroup GROUP g c block 250 streams a >", 250],
    ["wait 1 100", 100],
    ["waitaof 1 0 100", 100],
    ["blpop a 0", Infinity],
    ["xread BLOCK 0 STREAMS a $", Infinity],
    ["wait 1 0", Infinity],
    ["xread STREAMS a $", 0],
    ["xread STREAMS block 0", 0],
    ["blpop a soon", 0],
    ["blpop a -1", 0],
    ["blpop", 0],
    ["blmpop", 0],
    ["xread BLOCK", 0],
    ["get 5", 0],
    ["lpop a 5", 0],
  ] as const) {
    it(`is ${milliseconds} ms for ${command}`, () => {
      const [name = "", ...args] = command.split(" ");
      assert.equal(blockingWaitMs(name, args), milliseconds);
      assert.equal(
        blockingWaitMs(
          name,
          args.map((arg) => Buffer.from(arg)),
        ),
        milliseconds,
      );
    });
  }

  it("never calls an argument's toString()", () => {
    const broken = {
      toString: () => {
        throw new RangeError("Jane Roe");
      },
    };
    assert.deepEqual(
      ["blpop", "xread"].map((name) => blockingWaitMs(name, ["a", broken])),
      [0, 0],
    );
  });

  it("is never negative or NaN, whatever the arguments are", () => {
    const names = fc.constantFrom("blpop", "blmpop", "xread", "wait", "get");
    fc.assert(
      fc.property(names, fc.array(fc.anything()), (name, args) => {
        return blockingWaitMs(name, args) >= 0;
      }),
    );
  });
});
