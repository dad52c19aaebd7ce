import assert from "node:assert/strict";
import { longestGapHours } from "../../../src/plan/updateWindow.js";

describe("the longest time between two windows", () => {
  for (const [window, days] of [
    ["08:00", 1],
    ["Sun 03:30", 7],
    ["Mon..Fri 23:00", 3],
    ["Mon..Sun 23:00", 1],
    ["Fri..Mon 23:00", 4],
    ["Mon,Thu 05:00", 4],
    ["Sat,Sun 05:00", 6],
    ["Mon..Wed,Fri 05:00", 3],
  ] as const)
    it(`is ${days * 24} hours: ${window}`, () => {
      assert.equal(longestGapHours(window), days * 24);
    });
});
