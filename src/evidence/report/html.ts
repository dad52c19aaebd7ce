import type { Assessment } from "../assess";
import { printable } from "../printable";
import { inlineParts, type Block } from "./blocks";
import { contents, type ReportOptions } from "./contents";
import { escapeMarkup } from "./escape";
import { statusWords } from "./statusInWords";
import { reportStyle } from "./style";

/** The report as one HTML file that needs no other: light or dark as the reader chooses, and fit for paper. */
export function evidenceHtml(assessment: Assessment, options: ReportOptions = {}): string {
  const title = escapeMarkup(`Security of the Redis cache “${assessment.plan.name}”`);
  const body = contents(assessment, options).map(render).join("\n");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

function render(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `<h${block.level}>${inline(block.text)}</h${block.level}>`;
    case "paragraph":
      return `<p>${inline(block.text)}</p>`;
    case "list":
      return `<ul>${block.items.map((item) => `<li>${inline(item)}</li>`).join("")}</ul>`;
    case "table":
      return table(block.head, block.rows);
    case "map":
      return `<figure>${block.svg}</figure>`;
    case "page":
      return '<div class="page"></div>';
  }
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[]): string => row.map((text) => `<td>${cell(text)}</td>`).join("");
  return [
    '<div class="table"><table>',
    `<thead><tr>${head.map((text) => `<th>${inline(text)}</th>`).join("")}</tr></thead>`,
    `<tbody>${rows.map((row) => `<tr>${cells(row)}</tr>`).join("\n")}</tbody>`,
    "</table></div>",
  ].join("\n");
}

/** A status is told by a mark as well as by words. What is said of it may stand behind. */
function cell(text: string): string {
  const [status, words] = Object.entries(statusWords).find(([, one]) => isBegunBy(text, one)) ?? [];
  if (status === undefined || words === undefined) return inline(text);
  return `<span class="status ${status.replace(" ", "-")}">${inline(words)}</span>${inline(text.slice(words.length))}`;
}

function isBegunBy(text: string, words: string): boolean {
  return text === words || text.startsWith(`${words}: `) || text.startsWith(`${words}; `);
}

function inline(text: string): string {
  return inlineParts(printable(text))
    .map(({ code, part }) => (code ? `<code>${escapeMarkup(part.slice(1, -1))}</code>` : escapeMarkup(part)))
    .join("");
}
