import assert from "node:assert/strict";
import fc from "fast-check";
import { results } from "./figures.js";
import { median, quantile, spread } from "../../lab/load/statistics.js";
import { keys, newMix, valueOf } from "../../lab/load/mix.js";

const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 });

describe("figures of the bench", () => {
  it("the median lies between the least and the greatest, and the spread is not negative", () => {
    fc.assert(
      fc.property(values, (list) => {
        const middle = median(list);
        return middle >= Math.min(...list) && middle <= Math.max(...list) && spread(list) >= 0;
      }),
    );
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(quantile([0, 10], 0.25), 2.5);
    assert.throws(() => median([]), /no values/);
  });

  it("takes ratios within a round, and says whether a goal is met", () => {
    const round = (plaintext: number, haproxy: number): Map<string, number> =>
      new Map([
        ["plaintext.throughput50", plaintext],
        ["haproxy.throughput50", haproxy],
      ]);
    const found = results([round(100, 50), round(10, 5), round(1000, 300)]);
    const ratio = found.find(({ name }) => name === "haproxy.throughput50 / plaintext.throughput50");
    assert.deepEqual([ratio?.value, ratio?.met, ratio?.rounds], [0.5, true, 3]);
    assert.equal(results([round(1000, 300)]).find(({ goal }) => goal !== null)?.met, false);
    assert.deepEqual(results([new Map()]), []);
  });

  it("the mix reads four times out of five, prefers few keys, and its values are of 200 bytes to 8 KiB", () => {
    const next = newMix(1);
    const wanted = Array.from({ length: 20_000 }, () => next());
    const reads = wanted.filter((one) => one.reads).length / wanted.length;
    assert.ok(reads > 0.78 && reads < 0.82);
    const favourites = wanted.filter(({ key }) => key < 100).length / wanted.length;
    assert.ok(favourites > 0.4 && favourites < 0.7, String(favourites));
    const sizes = Array.from({ length: keys }, (_, key) => valueOf(key).length);
    assert.deepEqual([Math.min(...sizes), Math.max(...sizes)], [200, 8192]);
  });
});
