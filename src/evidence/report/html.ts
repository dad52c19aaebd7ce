import type { Assessment } from "../assess";
import { printable } from "../printable";
import { cacheTitle } from "../served";
import { annexContents } from "./annex";
import type { Block } from "./blocks";
import { contents } from "./contents";
import { escapeMarkup } from "./escape";
import { annexFile, moment, type ReportOptions } from "./options";
import { reportStyle } from "./style";
import { partsOf, plainText, statusMarks, statusWords, type Inline, type Text } from "./text";

/** The report as one HTML file that needs no other: light or dark as the reader chooses, and fit for paper. */
export function evidenceHtml(assessment: Assessment, options: ReportOptions = {}): string {
  const dated = { ...options, date: options.date ?? new Date() };
  const annex = annexFile("report-annex.html", evidenceAnnexHtml(assessment, dated));
  return page(assessment, dated.date, "Report", contents(assessment, { ...dated, annex, report: "report.html" }));
}

/** The report's annex as one HTML file: how each control is checked, and other tables. */
export function evidenceAnnexHtml(assessment: Assessment, options: ReportOptions = {}): string {
  const dated = { ...options, date: options.date ?? new Date() };
  return page(assessment, dated.date, "Annex", annexContents(assessment, { ...dated, report: "report.html" }));
}

function page({ plan }: Assessment, date: Date, what: string, blocks: readonly Block[]): string {
  const [first] = blocks;
  const title = escapeMarkup(first?.kind === "heading" ? plainText(first.text) : "");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${reportStyle(`${what} of the ${cacheTitle(plan)}, ${moment(date)}`)}</style>
</head>
<body>
<main>
${asHtml(blocks)}
</main>
</body>
</html>
`;
}

/** Each block as elements of its own, a line or more. */
export function asHtml(blocks: readonly Block[]): string {
  return blocks.map(render).join("\n");
}

function render(block: Block): string {
  switch (block.kind) {
    case "heading": {
      const id = block.id === undefined ? "" : ` id="${escapeMarkup(block.id)}"`;
      return `<h${block.level}${id}>${inline(block.text)}</h${block.level}>`;
    }
    case "paragraph":
      return `<p>${inline(block.text)}</p>`;
    case "list":
      return `<ul>${block.items.map((item) => `<li>${inline(item)}</li>`).join("")}</ul>`;
    case "table":
      return table(block);
    case "columns":
      return `<div class="columns">\n${asHtml(block.blocks)}\n</div>`;
    case "together":
      return `<div class="together">\n${asHtml(block.blocks)}\n</div>`;
    case "map":
      return `<figure>${block.svg}</figure>`;
  }
}

function table({ head, widths, rows, form = false }: Extract<Block, { kind: "table" }>): string {
  const cells = (row: readonly Text[]): string => row.map((text) => `<td>${inline(text)}</td>`).join("");
  return [
    `<div class="table${form ? " form" : ""}"><table>`,
    `<colgroup>${widths.map((width) => `<col style="width:${width}%">`).join("")}</colgroup>`,
    `<thead><tr>${head.map((text) => `<th>${inline(text)}</th>`).join("")}</tr></thead>`,
    `<tbody>${rows.map((row) => `<tr>${cells(row)}</tr>`).join("\n")}</tbody>`,
    "</table></div>",
  ].join("\n");
}

function inline(text: Text): string {
  return partsOf(text).map(part).join("");
}

function part(one: Inline): string {
  if (typeof one === "string") return shown(one);
  if ("code" in one) return `<code>${shown(one.code)}</code>`;
  if ("strong" in one) return `<strong>${shown(one.strong)}</strong>`;
  if ("href" in one) return `<a href="${escapeMarkup(one.href)}">${shown(one.words)}</a>`;
  if ("mark" in one)
    return `<span class="${classOf(one.mark)}" title="${statusWords[one.mark]}">${statusMarks[one.mark]}</span>`;
  return `<span class="${classOf(one.status)}">${statusMarks[one.status]} ${statusWords[one.status]}</span>`;
}

function classOf(status: string): string {
  return `status ${status.replace(" ", "-")}`;
}

function shown(text: string): string {
  return escapeMarkup(printable(text));
}
