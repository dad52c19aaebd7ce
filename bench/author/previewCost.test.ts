import assert from "node:assert/strict";
import type { Result } from "../figures/result.js";
import { previewCost } from "./previewCost.js";

describe("npm run bench:author", () => {
  const valueOf = (results: readonly Result[], name: string): number => {
    const found = results.find((result) => result.name === name);
    assert.ok(found, results.map((result) => result.name).join("\n"));
    return found.value;
  };

  it("compares the library with a program by hand that makes the same resources", async () => {
    // It fails where the two differ.
    const results = await previewCost([1], 1, () => undefined);
    assert.ok(valueOf(results, "preview of 1 cache: resources, without components") > 30);
  });

  // What a program takes varies with the machine: it is judged where time is taken for it.
  if (process.env.TEST_EXHAUSTIVE === "1") {
    it("takes not half as much memory again as the program by hand", async () => {
      const results = await previewCost([1], 3, () => undefined);
      assert.ok(valueOf(results, "preview of 1 cache, ratio: memory of the program") < 1.5);
    });
  }
});
