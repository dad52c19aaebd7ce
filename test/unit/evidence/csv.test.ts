import assert from "node:assert/strict";
import fc from "fast-check";
import { csv } from "../../../src/evidence/csv.js";

/** What RFC 4180 says of a file, read letter by letter. */
function parsed(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const quoted = text[at] === '"' ? /"((?:[^"]|"")*)"/y : /([^",\r\n]*)/y;
    quoted.lastIndex = at;
    const [all = "", field = ""] = quoted.exec(text) ?? [];
    row.push(field.replaceAll('""', '"'));
    at += all.length;
    if (text[at] === ",") at += 1;
    else {
      assert.equal(text.slice(at, at + 2), "\r\n");
      at += 2;
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

describe("CSV", () => {
  const cells: readonly [string, string][] = [
    ["plain text", "plain text"],
    ["", ""],
    ["a,b", '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ["two\nlines", '"two\nlines"'],
    ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
    ["  =1+1", "'  =1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ["|x", "'|x"],
    ["%x", "'%x"],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
    ["a=b", "a=b"],
    ["'=1", "'=1"],
  ];
  for (const [text, cell] of cells) {
    it(`has ${JSON.stringify(text)} as ${cell}`, () => {
      assert.equal(csv([[text, "end"]]), `${cell},end\r\n`);
    });
  }

  it("is read back as it was, but for the mark before what could be a formula", () => {
    const texts = fc.array(fc.array(fc.string({ unit: "binary-ascii" }), { minLength: 2, maxLength: 4 }));
    fc.assert(
      fc.property(texts, (rows) => {
        const back = parsed(csv(rows));
        assert.equal(back.length, rows.length);
        for (const [index, row] of rows.entries())
          for (const [column, text] of row.entries()) {
            const cell = back[index]?.[column] ?? "";
            assert.ok(cell === text || cell === `'${text}`);
            assert.doesNotMatch(cell, /^\s*[=+\-@|%]/);
          }
      }),
    );
  });
});
