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

  it("names exactly the things that are at fault by themselves", async () => {
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

  it("names the smallest group that was tried together, where no single thing is at fault", async () => {
    const { attempt } = attempts((together) => together.includes(0) && together.includes(2));
    assert.deepEqual(await blame(numbers, attempt), [{ things: [0, 1, 2], fault: "0,1,2" }]);
  });

  it("names all things where neither half shows the fault", async () => {
    const { attempt } = attempts((together) => together.includes(0) && together.includes(8));
    assert.deepEqual(await blame(numbers, attempt), [{ things: numbers, fault: numbers.join() }]);
  });
});
