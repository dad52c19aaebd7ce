import assert from "node:assert/strict";
import { previewCost } from "./previewCost.js";

describe("npm run bench:author", () => {
  it("compares the library with a program by hand that makes the same resources", async () => {
    const lines: string[] = [];
    const results = await previewCost([1], 1, (line) => lines.push(line));
    const resources = results.find(
      ({ name }) => name === "preview of 1 cache: resources, without components",
    );
    assert.ok((resources?.value ?? 0) > 30, lines.join("\n"));
    const ratio = results.find(({ name }) => name === "preview of 1 cache, ratio: memory of the program");
    // A regression by half would be seen; what is measured by the clock is the bench's own matter.
    assert.ok((ratio?.value ?? NaN) < 1.5, String(ratio?.value));
  });
});
