import assert from "node:assert/strict";
import fc from "fast-check";
import { list, paragraph, table, type Block } from "../../../src/evidence/report/blocks.js";
import { annexContents } from "../../../src/evidence/report/annex.js";
import { printable } from "../../../src/evidence/printable.js";
import { sha256 } from "../../../src/evidence/digest.js";
import { contents } from "../../../src/evidence/report/contents.js";
import { escapeMarkup } from "../../../src/evidence/report/escape.js";
import { asHtml, evidenceAnnexHtml, evidenceHtml } from "../../../src/evidence/report/html.js";
import {
  asMarkdown,
  evidenceAnnexMarkdown,
  evidenceMarkdown,
  networkMapFile,
} from "../../../src/evidence/report/markdown.js";
import { reportStyle } from "../../../src/evidence/report/style.js";
import {
  ownWords,
  plainText,
  statusMarks,
  statusWords,
  type Inline,
  type Text,
} from "../../../src/evidence/report/text.js";
import type { Status } from "../../../src/evidence/status.js";
import { smallAssessment } from "./smallAssessment.js";
import { date, plain, type PlainBlock } from "./smallReport.js";

const assessment = smallAssessment({ allowScripting: true });

/** A text as the one cell of a table. */
const oneCell = (text: Text): Block[] => [table([["Kind", 100]], [[text]])];

const markdownCell = (text: Text): string | undefined =>
  /^\| Kind \|\n\| --- \|\n\| (.*) \|\n$/.exec(asMarkdown(oneCell(text)))?.[1];

const htmlCell = (text: Text): string | undefined => /<tbody><tr><td>(.*)<\/td>/s.exec(asHtml(oneCell(text)))?.[1];

const code = (words: string): Inline => ({ code: words });

/** [text, as HTML, as Markdown]: what means more than itself in either is taken as text, backticks too. */
const texts: readonly (readonly [Text, string, string])[] = [
  ["plain, as it is", "plain, as it is", "plain, as it is"],
  [`<b a="1">'&`, "&lt;b a=&quot;1&quot;&gt;&#39;&amp;", `&lt;b a="1"&gt;'&amp;`],
  [String.raw`*_[x]# \ |~`, String.raw`*_[x]# \ |~`, String.raw`\*\_\[x\]\# \\ &#124;\~`],
  ["a `b` c", "a `b` c", String.raw`a \`b\` c`],
  [["a ", code("b"), " c ", code("d")], "a <code>b</code> c <code>d</code>", "a `b` c `d`"],
  [[code("<*|>")], "<code>&lt;*|&gt;</code>", String.raw`<code>&lt;\*&#124;&gt;</code>`],
  [[code("a`b")], "<code>a`b</code>", "<code>a\\`b</code>"],
  [[code(" ")], "<code> </code>", "<code> </code>"],
  [["a", code("\\"), "b"], "a<code>\\</code>b", "a`\\`b"],
  [[code("<*>")], "<code>&lt;*&gt;</code>", "`<*>`"],
  // A backtick of one field finds none in another, whatever stands between.
  [["found: `", "; found: `"], "found: `; found: `", "found: \\`; found: \\`"],
  [["a`", code("b"), "`c"], "a`<code>b</code>`c", "a\\``b`\\`c"],
  [[{ strong: "a*" }], "<strong>a*</strong>", "**a\\***"],
  [[{ href: "#a", words: "<b>" }], '<a href="#a">&lt;b&gt;</a>', "[&lt;b&gt;](#a)"],
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
    it(`is text, whatever is in it: ${JSON.stringify(text)}`, () => {
      assert.equal(htmlCell(text), html);
      assert.equal(markdownCell(text), markdown);
    });
  }

  it("is one cell of Markdown that reads as it was written, whatever is in it", () => {
    const parts = fc.constantFrom("`", "``", "<", ">", "|", "\\", "&", "#", "x", " ", "\n", "*", "- ", "1.", "~");
    const words = fc.array(fc.oneof(parts, fc.string({ unit: "binary", maxLength: 3 })), { maxLength: 6 });
    // Between two codes is always some text, as it is in the report.
    const text = fc.array(fc.tuple(words, words), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(text, (pairs) => {
        const asked = pairs.flatMap(([one, other]): Inline[] => [`x${one.join("")}x`, code(`y${other.join("")}y`)]);
        const cell = markdownCell(asked) ?? "";
        assert.match(cell, wholly);
        const told = asked.map((part) => (typeof part === "string" ? part : "code" in part ? part.code : "")).join("");
        assert.equal(unescaped(cell).replaceAll("\u{0}", ""), printable(told));
      }),
    );
  });

  it("is the library's own words, in which code stands between backticks, and ids are shown by their names", () => {
    const names = new Map<string, Inline>([["tls", { href: "#tls", words: "Encryption" }]]);
    for (const [words, expected] of [
      ["a `b` c `d`", ["a ", code("b"), " c ", code("d")]],
      ["(`tls`) tls", ["(", { href: "#tls", words: "Encryption" }, ") tls"]],
      ["a ` b", ["a ` b"]],
      ["``a``", ["``a``"]],
      ["", []],
    ] as const) {
      assert.deepEqual(ownWords(words, names), expected);
    }
    assert.equal(plainText(ownWords("a `b` (`tls`)", names)), "a `b` (Encryption)");
  });

  it("begins nothing in Markdown but the item that it is", () => {
    const how = ["- a", "+ a", "= a", "# a", "12. a", "1) a", "> a", "    a", "~~~", "a\n# b", "a 1. - b"];
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
    assert.equal(asMarkdown([list(how)]), `${expected.join("\n")}\n`);
    assert.equal(asMarkdown([paragraph("1. a"), list([])]), "1\\. a\n");
  });

  it("that is a status has a mark, a colour and its words; before a link the mark alone", () => {
    const statuses = Object.keys(statusWords) as Status[];
    assert.equal(new Set(Object.values(statusMarks)).size, statuses.length);
    const style = reportStyle("");
    for (const status of statuses) {
      const [mark, words, kind] = [statusMarks[status], statusWords[status], status.replace(" ", "-")];
      assert.equal(htmlCell([{ status }, "; x"]), `<span class="status ${kind}">${mark} ${words}</span>; x`);
      assert.equal(htmlCell([{ mark: status }]), `<span class="status ${kind}" title="${words}">${mark}</span>`);
      assert.equal(markdownCell([{ status }, "; ", { mark: status }]), `${mark} ${words}; ${mark}`);
      assert.match(style, new RegExp(String.raw`\.status\.${kind}[,{]`));
      // The same words in another's text are no status.
      assert.equal(htmlCell(words), words);
    }
  });

  it("is escaped wherever markup is made", () => {
    assert.equal(escapeMarkup(`a&b<c>d"e'f&`), "a&amp;b&lt;c&gt;d&quot;e&#39;f&amp;");
  });
});

const annexOf = (report: string): Block[] => annexContents(assessment, { date, report });

function blocksOf(kind: "html" | "md", annex: string): PlainBlock[] {
  const file = { name: `report-annex.${kind}`, sha256: sha256(annex) };
  return plain(contents(assessment, { date, report: `report.${kind}`, annex: file }));
}

describe("the report as HTML", () => {
  const html = evidenceHtml(assessment, { date });
  const annex = evidenceAnnexHtml(assessment, { date });

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
    const style = reportStyle("Report of the Redis cache sessions, 2026-11-22 01:02 UTC");
    assert.ok(html.includes(`<style>${style}</style>\n</head>\n<body>\n<main>\n<h1>`));
    assert.ok(html.endsWith("\n</main>\n</body>\n</html>\n"));
    assert.match(annex, /<title>Annex: security of the Redis cache “sessions”<\/title>/);
  });

  it("has a foot on paper that no name can end", () => {
    assert.ok(reportStyle('a"}</style>').includes(String.raw`{content:"a\22 \7d \3c \2f style\3e ";`));
  });

  it("says all that its contents say, in their order, and so does its annex", () => {
    assert.deepEqual(readHtml(html), blocksOf("html", annex));
    assert.deepEqual(readHtml(annex), plain(annexOf("report.html")));
  });
});

describe("the report as Markdown", () => {
  it("says all that its contents say, in their order, with the map beside it, and so does its annex", () => {
    const annex = evidenceAnnexMarkdown(assessment, { date });
    assert.equal(networkMapFile, "network-map.svg");
    for (const [markdown, blocks] of [
      [evidenceMarkdown(assessment, { date }), blocksOf("md", annex)],
      [annex, plain(annexOf("report.md"))],
    ] as const) {
      const expected = blocks.flatMap((block): PlainBlock[] => {
        if (block.kind === "map") return [{ kind: "map", svg: "network-map.svg" }];
        return block.kind === "list" && block.items.length === 0 ? [] : [block];
      });
      assert.deepEqual(markdown.trimEnd().split("\n\n").map(readMarkdown), expected);
      assert.match(markdown, /[^\n]\n$/);
    }
  });
});

/** The blocks that a report was made of. */
function readHtml(html: string): PlainBlock[] {
  const body = html
    .slice(html.indexOf("<main>\n") + 7, html.indexOf("\n</main>"))
    .replaceAll(/<div class="(?:columns|together)">\n(.*?)\n<\/div>(?=\n<(?:h2|div class="together">)|$)/gs, "$1");
  const block =
    /<h(\d)(?: id="[a-z-]+")?>(.*?)<\/h\1>|<p>(.*?)<\/p>|<ul>(.*?)<\/ul>|<div class="table(?: form)?">(.*?)<\/div>|<figure>(.*?)<\/figure>/gs;
  const found = [...body.matchAll(block)];
  assert.equal(body.replaceAll(block, ""), "\n".repeat(found.length - 1), "each block has a line of its own");
  return found.map(([, level, title, text, items, table, svg]): PlainBlock => {
    if (title !== undefined) return { kind: "heading", level: Number(level), text: characters(title) };
    if (text !== undefined) return { kind: "paragraph", text: characters(text) };
    if (items !== undefined) return { kind: "list", items: cells(items, "li") };
    if (svg !== undefined) return { kind: "map", svg };
    return readTable(table ?? "");
  });
}

function readTable(html: string): PlainBlock {
  const parts =
    /^<table>\n<colgroup>(.*)<\/colgroup>\n<thead><tr>(.*)<\/tr><\/thead>\n<tbody>(.*)<\/tbody>\n<\/table>$/s.exec(
      html,
    );
  const [, widths = "", head = "", rows = ""] = parts ?? [];
  const shares = [...widths.matchAll(/<col style="width:([\d.]+)%">/g)].map(([, share]) => Number(share));
  assert.equal(shares.length, cells(head, "th").length);
  assert.equal(Math.round(shares.reduce((sum, share) => sum + share, 0)), 100, head);
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
  return [...html.matchAll(one)].map(([, text = ""]) => characters(text));
}

function characters(html: string): string {
  const text = html
    .replaceAll(/<\/?code>/g, "`")
    .replaceAll(/(<span class="status [a-z-]+">)\S (.*?)<\/span>/g, "$2")
    .replaceAll(/<\/?(?:span|strong|a)\b[^>]*>/g, "");
  const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
  return text.replaceAll(/&([a-z]+|#39);/g, (_, name: string) => entities[name] ?? "");
}

function readMarkdown(text: string): PlainBlock {
  const heading = /^(#+) (?:<a id="[a-z-]+"><\/a>)?(.*)$/.exec(text);
  if (heading !== null) return { kind: "heading", level: (heading[1] ?? "").length, text: told(heading[2] ?? "") };
  const map = /^!\[Network map\]\((.*)\)$/.exec(text);
  if (map !== null) return { kind: "map", svg: map[1] ?? "" };
  if (text.startsWith("- ")) return { kind: "list", items: text.slice(2).split("\n- ").map(told) };
  if (!text.startsWith("| ")) return { kind: "paragraph", text: told(text) };
  const [head = [], line = [], ...rows] = text.split("\n").map((row) => row.slice(2, -2).split(" | ").map(told));
  assert.deepEqual(
    line,
    head.map(() => "---"),
  );
  return { kind: "table", head, rows };
}

/** A text of Markdown without its links and marks of a status; code stands between backticks. */
function told(markdown: string): string {
  const statuses = Object.entries(statusWords).map(([status, words]) => `${statusMarks[status as Status]} ${words}`);
  const text = unescaped(
    markdown.replaceAll(/(?<!\\)\[((?:[^\]\\]|\\.)*)\]\([^)]*\)/g, "$1").replaceAll(/\*\*(.*?)\*\*/g, "$1"),
  ).replaceAll("\u{0}", "`");
  // The legend has marks of its own.
  if (text.startsWith("Each is as good")) return text;
  return statuses.reduce((rest, status) => rest.replaceAll(status, status.slice(2)), text);
}

/** What a reader sees; code begins and ends with a character that is in no text. */
function unescaped(markdown: string): string {
  const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", "#124": "|", amp: "&" };
  // From left to right: a backslash in code is itself.
  return markdown.replaceAll(
    /\\([-+=.)\\*_[\]`~#])|&(lt|gt|amp|#124);|`([^`]+)`|<\/?code>/g,
    (_, escaped?: string, entity?: string, words?: string) =>
      words === undefined
        ? (escaped ?? (entity === undefined ? "\u{0}" : (entities[entity] ?? "")))
        : `\u{0}${words}\u{0}`,
  );
}
