import assert from "node:assert/strict";
import { drawBars } from "./bars.js";

describe("a plot of the page", () => {
  it("has its title, each bar's value, and colours for light and for dark pages", async () => {
    const bars = [
      { way: "ours", value: 47_741, spread: 857, ours: true },
      { way: "theirs", value: 0.12345, spread: 0, ours: false },
    ];
    const svg = await drawBars("Operations a second (higher is better)", "operations", bars);
    for (const text of ["Operations a second (higher is better)", "47,741", "0.123", "ours", "theirs"]) {
      assert.ok(svg.includes(`>${text}</text>`), text);
    }
    assert.match(svg, /^<svg [^>]*><style>\n.*prefers-color-scheme:dark/s);
    assert.doesNotMatch(svg, /fill="(white|#fff|#ffffff)"/);
  });
});
