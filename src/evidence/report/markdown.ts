import type { Assessment } from "../assess";
import { printable } from "../printable";
import { annexContents } from "./annex";
import type { Block } from "./blocks";
import { contents } from "./contents";
import { annexFile, type ReportOptions } from "./options";
import { partsOf, statusMarks, statusWords, type Inline, type Text } from "./text";

/** The report as Markdown (CommonMark with tables), with the network map as a picture beside it. */
export function evidenceMarkdown(assessment: Assessment, options: ReportOptions = {}): string {
  const dated = { ...options, date: options.date ?? new Date() };
  const annex = annexFile("report-annex.md", evidenceAnnexMarkdown(assessment, dated));
  return asMarkdown(contents(assessment, { ...dated, annex, report: "report.md" }));
}

/** The report's annex as Markdown: how each control is checked, and other tables. */
export function evidenceAnnexMarkdown(assessment: Assessment, options: ReportOptions = {}): string {
  const dated = { ...options, date: options.date ?? new Date() };
  return asMarkdown(annexContents(assessment, { ...dated, report: "report.md" }));
}

/** The name under which `writeEvidence` puts the map beside the report. */
export const networkMapFile = "network-map.svg";

/** Each block with an empty line before the next. */
export function asMarkdown(blocks: readonly Block[]): string {
  return blocks.flatMap(render).join("\n\n").concat("\n");
}

function render(block: Block): string[] {
  switch (block.kind) {
    case "heading": {
      const id = block.id === undefined ? "" : `<a id="${literal(block.id)}"></a>`;
      return [`${"#".repeat(block.level)} ${id}${line(block.text)}`];
    }
    case "paragraph":
      return [line(block.text)];
    case "list":
      return block.items.length === 0 ? [] : [block.items.map((item) => `- ${line(item)}`).join("\n")];
    case "table":
      return [
        [block.head, block.head.map(() => "---"), ...block.rows]
          .map((row) => `| ${row.map(inline).join(" | ")} |`)
          .join("\n"),
      ];
    case "columns":
    case "together":
      return block.blocks.flatMap(render);
    case "map":
      return [`![Network map](${networkMapFile})`];
  }
}

/** A text as one line that begins no list, heading or code by itself. */
function line(text: Text): string {
  return inline(text).replace(/^[-+=]|(?<=^\d+)[.)]/, String.raw`\$&`);
}

function inline(text: Text): string {
  return partsOf(text).map(part).join("").trim();
}

function part(one: Inline): string {
  if (typeof one === "string") return literal(one);
  if ("code" in one) return code(printable(one.code));
  if ("strong" in one) return `**${literal(one.strong)}**`;
  if ("href" in one) return `[${literal(one.words)}](${encodeURI(one.href)})`;
  if ("mark" in one) return literal(statusMarks[one.mark]);
  return literal(`${statusMarks[one.status]} ${statusWords[one.status]}`);
}

/** GFM ends a cell at a bar, even in code, and code of backticks at a backtick: such code is an element, in which text is literal. */
function code(text: string): string {
  return /^[^|`]+$/.test(text) && text.trim() === text ? `\`${text}\`` : `<code>${literal(text)}</code>`;
}

/** What Markdown would take as more than text is taken literally: HTML, entities and bars as entities, the rest behind a backslash. */
function literal(text: string): string {
  return printable(text)
    .replaceAll(/[&<>|]/g, (character) => entities[character] ?? "")
    .replaceAll(/[\\*_[\]`~]|(?<!&)#/g, String.raw`\$&`);
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "|": "&#124;",
};
