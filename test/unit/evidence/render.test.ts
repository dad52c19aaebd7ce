import assert from "node:assert/strict";
import fc from "fast-check";
import type { Assessment } from "../../../src/evidence/assess.js";
import type { Block } from "../../../src/evidence/report/blocks.js";
import { printable } from "../../../src/evidence/printable.js";
import { contents } from "../../../src/evidence/report/contents.js";
import { escapeMarkup } from "../../../src/evidence/report/escape.js";
import { evidenceHtml } from "../../../src/evidence/report/html.js";
import { evidenceMarkdown, networkMapFile } from "../../../src/evidence/report/markdown.js";
import { statusWords } from "../../../src/evidence/report/statusInWords.js";
import { reportStyle } from "../../../src/evidence/report/style.js";
import { smallAssessment } from "./smallAssessment.js";
import { date } from "./smallReport.js";

const assessment = smallAssessment({ allowScripting: true });

/** The small report, with some text as the one cell of its one asset. */
function withText(text: string): Assessment {
  return { ...assessment, assets: [{ kind: text, name: "", identifier: "", where: "" }] };
}

const markdownCell = (text: string): string | undefined =>
  /\| Kind \| Name \| Identifier \| Where \|\n\| --- \| --- \| --- \| --- \|\n\| (.*) \| {2}\| \\`\\` \| {2}\|/.exec(
    evidenceMarkdown(withText(text), { date }),
  )?.[1];

const htmlCell = (text: string): string | undefined =>
  /<th>Where<\/th><\/tr><\/thead>\n<tbody><tr><td>(.*?)<\/td>/s.exec(evidenceHtml(withText(text), { date }))?.[1];

/** [text, as HTML, as Markdown]: what means more than itself in either is taken as text. */
const texts: readonly (readonly [string, string, string])[] = [
  ["plain, as it is", "plain, as it is", "plain, as it is"],
  [`<b a="1">'&`, "&lt;b a=&quot;1&quot;&gt;&#39;&amp;", `&lt;b a="1"&gt;'&amp;`],
  [String.raw`*_[x]# \ |~`, String.raw`*_[x]# \ |~`, String.raw`\*\_\[x\]\# \\ &#124;\~`],
  ["a `b` c `d`", "a <code>b</code> c <code>d</code>", "a `b` c `d`"],
  ["`<*|>`", "<code>&lt;*|&gt;</code>", String.raw`<code>&lt;\*&#124;&gt;</code>`],
  ["`\\|<b>`", "<code>\\|&lt;b&gt;</code>", String.raw`<code>\\&#124;&lt;b&gt;</code>`],
  ["a`\\`b", "a<code>\\</code>b", "a`\\`b"],
  ["`<*>`", "<code>&lt;*&gt;</code>", "`<*>`"],
  ["a ` b_c", "a ` b_c", String.raw`a \` b\_c`],
  ["`<b>", "`&lt;b&gt;", String.raw`\`&lt;b&gt;`],
  ["`<b>``", "`&lt;b&gt;``", String.raw`\`&lt;b&gt;\`\``],
  ["``", "``", String.raw`\`\``],
  ["a\n\n<b>", "a ⏎ &lt;b&gt;", "a ⏎ &lt;b&gt;"],
  ["- a", "- a", "- a"],
  ["a\u202eb\u001b[", String.raw`a\u{202e}b\u{1b}[`, String.raw`a\\u{202e}b\\u{1b}\[`],
  ["&lt;b&#62;", "&amp;lt;b&amp;#62;", String.raw`&amp;lt;b&amp;\#62;`],
];

/** Nothing but entities, escapes, code between single backticks, code as an element, and what Markdown takes as it is. */
const wholly =
  /^(?:&(?:amp|lt|gt|#124);|\\[\\*_[\]`~#]|`[^`|]+`(?!`)|<code>(?:&(?:amp|lt|gt|#124);|\\[\\*_[\]`~#]|[^&<>|\\*_[\]`~#])*<\/code>|[^&<>|\\*_[\]`~#\n])*$/u;

describe("a text of the report", () => {
  for (const [text, html, markdown] of texts) {
    it(`is text, whatever is in it: ${text}`, () => {
      assert.equal(htmlCell(text), html);
      assert.equal(markdownCell(text), markdown);
    });
  }

  it("is one cell of Markdown that reads as it was written, whatever is in it", () => {
    const parts = fc.constantFrom("`", "``", "<", ">", "|", "\\", "&", "#", "x", " ", "\n", "*", "- ", "1.", "~");
    const text = fc.array(fc.oneof(parts, fc.string({ unit: "binary", maxLength: 3 })), { maxLength: 12 });
    fc.assert(
      fc.property(text, (words) => {
        const asked = `x${words.join("")}x`;
        const cell = markdownCell(asked) ?? "";
        assert.match(cell, wholly);
        assert.equal(unescaped(cell), printable(asked));
      }),
    );
  });

  it("begins nothing in Markdown but the item that it is", () => {
    const how = ["- a", "+ a", "= a", "# a", "12. a", "1) a", "> a", "    a", "~~~", "a\n# b", "a 1. - b"];
    const [first] = assessment.controls;
    assert.ok(first);
    const one = { ...assessment, controls: [{ ...first, how }] };
    const expected = [
      String.raw`- \- a`,
      String.raw`- \+ a`,
      String.raw`- \= a`,
      String.raw`- \# a`,
      String.raw`- 12\. a`,
      String.raw`- 1\) a`,
      "- &gt; a",
      "- a",
      String.raw`- \~\~\~`,
      String.raw`- a ⏎ \# b`,
      "- a 1. - b",
    ];
    assert.ok(evidenceMarkdown(one, { date }).includes(`\n\n${expected.join("\n")}\n\n`));
  });

  it("that is a status has a mark of its own in HTML", () => {
    const classes = Object.values(statusWords).map((words) => [words, htmlCell(words)]);
    const marked = (kind: string, words: string): string => `<span class="status ${kind}">${words}</span>`;
    assert.deepEqual(Object.fromEntries(classes), {
      met: marked("met", "met"),
      "partly met": marked("partly-met", "partly met"),
      "designed; nothing verified": marked("designed", "designed; nothing verified"),
      "not met": marked("not-met", "not met"),
      "weakened by choice": marked("weakened", "weakened by choice"),
      "not applicable": marked("not-applicable", "not applicable"),
      "documented alternative; not approved": marked("alternative", "documented alternative; not approved"),
      "for your organisation to do": marked("organisation", "for your organisation to do"),
    });
    // What is said of it behind a mark of punctuation is outside; what only begins with the same words has none.
    assert.equal(htmlCell("partly met; AWS: tls"), `${marked("partly-met", "partly met")}; AWS: tls`);
    assert.equal(htmlCell("metal"), "metal");
    for (const kind of Object.keys(statusWords).map((status) => status.replace(" ", "-")))
      assert.match(reportStyle, new RegExp(String.raw`\.status\.${kind}::before\{content:"\S+ "\}`));
  });

  it("is escaped wherever markup is made", () => {
    assert.equal(escapeMarkup(`a&b<c>d"e'f&`), "a&amp;b&lt;c&gt;d&quot;e&#39;f&amp;");
  });
});

const blocks = contents(assessment, { date });

describe("the report as HTML", () => {
  const html = evidenceHtml(assessment, { date });

  it("has a head that lets nothing else in", () => {
    const head = html.slice(0, html.indexOf("<style>"));
    assert.equal(
      head,
      [
        "<!doctype html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
        "<title>Security of the Redis cache “sessions”</title>",
        "",
      ].join("\n"),
    );
    assert.ok(html.includes(`<style>${reportStyle}</style>\n</head>\n<body>\n<main>\n<h1>`));
    assert.ok(html.endsWith("\n</main>\n</body>\n</html>\n"));
  });

  it("says all that its contents say, in their order", () => {
    assert.deepEqual(readHtml(html), blocks);
  });
});

describe("the report as Markdown", () => {
  it("says all that its contents say, in their order, with the map beside it", () => {
    const markdown = evidenceMarkdown(assessment, { date });
    const expected = blocks.flatMap((block): Block[] => {
      if (block.kind === "map") return [{ kind: "map", svg: "network-map.svg" }];
      return block.kind === "page" || (block.kind === "list" && block.items.length === 0) ? [] : [block];
    });
    assert.equal(networkMapFile, "network-map.svg");
    assert.deepEqual(markdown.trimEnd().split("\n\n").map(readMarkdown), expected);
    assert.match(markdown, /[^\n]\n$/);
  });
});

/** The blocks that a report was made of. */
function readHtml(html: string): Block[] {
  const body = html.slice(html.indexOf("<main>\n") + 7, html.indexOf("\n</main>"));
  const block =
    /<h(\d)>(.*?)<\/h\1>|<p>(.*?)<\/p>|<ul>(.*?)<\/ul>|<div class="table">(.*?)<\/div>|<figure>(.*?)<\/figure>|<div class="page"><\/div>/gs;
  const found = [...body.matchAll(block)];
  assert.equal(body.replaceAll(block, ""), "\n".repeat(found.length - 1), "each block has a line of its own");
  return found.map(([, level, title, text, items, table, svg]): Block => {
    if (title !== undefined) return { kind: "heading", level: Number(level) as 1 | 2 | 3, text: plain(title) };
    if (text !== undefined) return { kind: "paragraph", text: plain(text) };
    if (items !== undefined) return { kind: "list", items: cells(items, "li") };
    if (svg !== undefined) return { kind: "map", svg };
    if (table === undefined) return { kind: "page" };
    return readTable(table);
  });
}

function readTable(html: string): Block {
  const parts = /^<table>\n<thead><tr>(.*)<\/tr><\/thead>\n<tbody>(.*)<\/tbody>\n<\/table>$/s.exec(html);
  const [, head = "", rows = ""] = parts ?? [];
  return {
    kind: "table",
    head: cells(head, "th"),
    rows: rows.split("\n").map((row) => cells(/^<tr>(.*)<\/tr>$/s.exec(row)?.[1] ?? "", "td")),
  };
}

/** What is in elements that follow each other with nothing between. */
function cells(html: string, element: string): string[] {
  const one = new RegExp(`<${element}>(.*?)</${element}>`, "gs");
  assert.equal(html.replaceAll(one, ""), "", html);
  return [...html.matchAll(one)].map(([, text = ""]) => plain(text));
}

function plain(html: string): string {
  const text = html.replaceAll(/<\/?code>/g, "`").replaceAll(/<\/?span[^>]*>/g, "");
  const characters: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
  return text.replaceAll(/&([a-z]+|#39);/g, (_, name: string) => characters[name] ?? "");
}

function readMarkdown(text: string): Block {
  const heading = /^(#+) (.*)$/.exec(text);
  if (heading !== null)
    return {
      kind: "heading",
      level: (heading[1] ?? "").length as 1 | 2 | 3,
      text: unescaped(heading[2] ?? ""),
    };
  const map = /^!\[Network map\]\((.*)\)$/.exec(text);
  if (map !== null) return { kind: "map", svg: map[1] ?? "" };
  if (text.startsWith("- ")) return { kind: "list", items: text.slice(2).split("\n- ").map(unescaped) };
  if (!text.startsWith("| ")) return { kind: "paragraph", text: unescaped(text) };
  const [head = [], line = [], ...rows] = text.split("\n").map((row) => row.slice(2, -2).split(" | ").map(unescaped));
  assert.deepEqual(
    line,
    head.map(() => "---"),
  );
  return { kind: "table", head, rows };
}

function unescaped(markdown: string): string {
  const characters: Readonly<Record<string, string>> = { lt: "<", gt: ">", "#124": "|", amp: "&" };
  // From left to right: a backslash in code is itself.
  return markdown.replaceAll(
    /\\([-+=.)\\*_[\]`~#])|&(lt|gt|amp|#124);|(`[^`]+`)|<\/?code>/g,
    (_, escaped?: string, entity?: string, code?: string) =>
      code ?? escaped ?? (entity === undefined ? "`" : (characters[entity] ?? "")),
  );
}
