import assert from "node:assert/strict";
import { turns } from "./turns.js";

describe("turns", () => {
  it("let in one after the other, in their order, and also behind one that fails", async () => {
    const alone = turns();
    const seen: string[] = [];
    const come = (name: string, end: () => void): Promise<void> =>
      alone(async () => {
        seen.push(`${name} begins`);
        await Promise.resolve();
        seen.push(`${name} ends`);
        end();
      });
    const first = come("first", () => {
      throw new Error("first fails");
    });
    const second = come("second", () => undefined);
    await assert.rejects(first, /first fails/);
    await second;
    assert.deepEqual(seen, ["first begins", "first ends", "second begins", "second ends"]);
  });
});
