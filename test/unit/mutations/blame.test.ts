import assert from "node:assert/strict";
import fc from "fast-check";
import { blame } from "../../mutations/blame.js";

const numbers = Array.from({ length: 9 }, (_, index) => index);

/** Tries numbers together; the fault is which of some are among them. */
function attempts(isFault: (together: readonly number[]) => boolean) {
  const tried: (readonly number[])[] = [];
  const attempt = (together: readonly number[]): Promise<string | undefined> => {
    tried.push(together);
    return Promise.resolve(isFault(together) ? together.join() : undefined);
  };
  return { tried, attempt };
}

describe("blame", () => {
  it("tries once what shows no fault", async () => {
    const { tried, attempt } = attempts(() => false);
    assert.deepEqual(await blame(numbers, attempt), []);
    assert.deepEqual(tried, [numbers]);
  });

  it("is of exactly those that are at fault by themselves, whichever they are", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.constantFrom(...numbers), { minLength: 1 }), async (wrong) => {
        const { tried, attempt } = attempts((together) => together.some((one) => wrong.includes(one)));
        const found = await blame(numbers, attempt);
        assert.deepEqual(
          found,
          wrong.sort((one, other) => one - other).map((one) => ({ things: [one], fault: String(one) })),
        );
        assert.ok(tried.length < 2 * numbers.length, `tried ${tried.length} times`);
      }),
    );
  });

  it("is of the fewest that were tried together, where each by itself does no wrong", async () => {
    const { attempt } = attempts((together) => together.includes(0) && together.includes(2));
    assert.deepEqual(await blame(numbers, attempt), [{ things: [0, 1, 2], fault: "0,1,2" }]);
  });

  it("is of all where no half shows it", async () => {
    const { attempt } = attempts((together) => together.includes(0) && together.includes(8));
    assert.deepEqual(await blame(numbers, attempt), [{ things: numbers, fault: numbers.join() }]);
  });
});
