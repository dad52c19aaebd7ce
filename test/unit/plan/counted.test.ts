import assert from "node:assert/strict";
import { counted } from "../../../src/plan/counted.js";

describe("a count", () => {
  for (const [count, words] of [
    [0, "0 nodes"],
    [1, "1 node"],
    [2, "2 nodes"],
  ] as const) {
    it(`stands before its noun as ${words}`, () => {
      assert.equal(counted(count, "node"), words);
    });
  }
});
