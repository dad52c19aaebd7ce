import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { repositoryRoot } from "../../../lab/stateFolder.js";
import { printable, printableLines } from "../../../src/evidence/printable.js";

describe("what is printable", () => {
  for (const [text, printed] of [
    ["plain ä 漢 🙂", "plain ä 漢 🙂"],
    ["one \n\n  two\n", "one ⏎ two ⏎ "],
    ["a\tb", "a b"],
    ["\u001b[31mred\u001b]52;c;aGk=\u0007", String.raw`\u{1b}[31mred\u{1b}]52;c;aGk=\u{7}`],
    ["\u009b2J\u0000\r\u007f", String.raw`\u{9b}2J\u{0}\u{d}\u{7f}`],
    // Reordered, invisible, and lines that are none of ours.
    ["\u202etxt\u200b\ufeff\u2028\u2029", String.raw`\u{202e}txt\u{200b}\u{feff}\u{2028}\u{2029}`],
    ["\ud83d\ue000\u{e0041}", String.raw`\u{d83d}\u{e000}\u{e0041}`],
  ] as const)
    it(`in ${JSON.stringify(text)} is ${JSON.stringify(printed)}`, () => {
      assert.equal(printable(text), printed);
    });

  it("has no control characters, whatever the text; a text without them stays as it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const printed = printable(text);
        assert.doesNotMatch(printed, /[\p{C}\p{Zl}\p{Zp}]/u);
        assert.equal(printable(printed), printed);
        const lines = printableLines(text);
        assert.deepEqual(lines.split("\n"), text.split("\n").map(printable));
        if (!/[\p{C}\p{Zl}\p{Zp}]/u.test(text)) assert.equal(printed, text);
      }),
    );
  });

  it("is all that the command line prints: none of its files writes to a terminal in another way", () => {
    for (const folder of ["cli", "verify"])
      for (const name of readdirSync(join(repositoryRoot, "src", folder), { encoding: "utf8", recursive: true })) {
        if (!name.endsWith(".ts")) continue;
        const text = readFileSync(join(repositoryRoot, "src", folder, name), "utf8");
        for (const [written] of text.matchAll(/console\.\w+\(.*|std(?:out|err)\.write\(.*/g))
          assert.match(written, /\(printable(?:Lines)?\(|\(checkScript\(|\(saidBy\(/, name);
      }
  });
});
