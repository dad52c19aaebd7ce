import assert from "node:assert/strict";
import { casesOf } from "./cases.js";
import { goalMs, rowsOf } from "./figures.js";
import { runsOf } from "./runsOf.js";
import { topologies, topologyNames } from "./topology.js";
import { caseWords } from "./words.js";

describe("figures of failovers", () => {
  it("are the median and the longest of each fault's runs by each tunnel, by faults, in the order in which they came first", () => {
    const [first, second] = [runsOf([3000, 9000, 2000]), runsOf([4000], { tunnel: "stunnel" })];
    const other = runsOf([5000], { name: "its host is lost" });
    const rows = rowsOf([...first.slice(0, 1), ...other, ...second, ...first.slice(1)]);
    assert.deepEqual(
      rows.map(({ tunnel, gapsMs, medianGapMs, longestGapMs }) => [tunnel, gapsMs, medianGapMs, longestGapMs]),
      [
        ["haproxy", [3000, 9000, 2000], 3000, 9000],
        ["stunnel", [4000], 4000, 4000],
        ["haproxy", [5000], 5000, 5000],
      ],
    );
  });

  it("meet the goal by their median, and what is planned has none", () => {
    const met = (gapsMs: number[], planned = false): unknown => rowsOf(runsOf(gapsMs, { planned }))[0]?.met;
    assert.equal(met([1, goalMs, 2 * goalMs]), true);
    assert.equal(met([1, goalMs + 1, 2 * goalMs]), false);
    assert.equal(met([2 * goalMs], true), null);
  });

  it("have the most of what was lost and of what failed in a run beside their sums", () => {
    const runs = [
      ...runsOf([1], { lost: 3, failed: 10 }),
      ...runsOf([1], { lost: 5, failed: 30, longestFailureMs: 450 }),
    ];
    const [row] = rowsOf(runs);
    assert.deepEqual([row?.lost, row?.mostLost, row?.acknowledged], [8, 5, 2000]);
    assert.deepEqual([row?.failed, row?.mostFailed, row?.longestFailureMs], [20, 30, 450]);
  });
});

describe("the cases of the bench", () => {
  for (const name of topologyNames) {
    it(`of ${name} have a name each, and the hand-over by both kinds of clients is the only one that is planned`, () => {
      const cases = casesOf(topologies[name]);
      const names = cases.map(({ fault: { name }, manner, planned }) => caseWords({ name, manner, planned }));
      assert.equal(new Set(names).size, cases.length);
      const planned = cases.filter((one) => one.planned);
      assert.deepEqual(
        planned.map(({ manner }) => manner),
        ["patient", "quick"],
      );
    });
  }
});
