import assert from "node:assert/strict";
import fc from "fast-check";
import { namedByMajority } from "../../../src/ioredis/majority.js";

const says = (...named: string[]): Promise<string[]> => Promise.resolve(named);
const silent = new Promise<never>(() => undefined);

describe("namedByMajority()", () => {
  it("is what more than half of all name, as soon as so many have", async () => {
    assert.deepEqual(await namedByMajority([says("a"), silent, says("a")]), ["a"]);
    assert.deepEqual(await namedByMajority([says("b"), says("a"), says("a")]), ["a"]);
    assert.deepEqual(await namedByMajority([says("a", "b"), says("b", "a"), silent]), ["a", "b"]);
  });

  it("is nothing where no more than half do, once all have answered: who has no say counts", async () => {
    for (const answers of [
      [says("a"), says(), says()],
      [says("a"), says("a"), says("b"), says("b")],
      [says("a"), says("a"), says(), says()],
      [says("a"), says("b"), says("c")],
      [says("a", "a"), says(), says()],
    ]) {
      assert.deepEqual(await namedByMajority(answers), []);
    }
  });

  it("never is what a minority says, whoever answers first, and whoever not at all", async () => {
    const [truth, lie] = ["truth", "lie"];
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 2 }), fc.nat(), fc.nat({ max: 5 }), async (size, lies, first) => {
        const count = 2 * size + 1;
        const liars = lies % (size + 1);
        const named = Array.from({ length: count }, (_, index) => (index < liars ? lie : truth));
        const turned = [...named.slice(first % count), ...named.slice(0, first % count)];
        assert.deepEqual(await namedByMajority(turned.map((one) => says(one))), [truth]);
      }),
    );
  });
});
