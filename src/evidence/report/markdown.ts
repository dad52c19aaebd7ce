import type { Assessment } from "../assess";
import { printable } from "../printable";
import { inlineParts, type Block } from "./blocks";
import { contents, type ReportOptions } from "./contents";

/** The report as Markdown (CommonMark with tables), with the network map as a picture beside it. */
export function evidenceMarkdown(assessment: Assessment, options: ReportOptions = {}): string {
  return contents(assessment, options)
    .map(render)
    .filter((text) => text !== "")
    .join("\n\n")
    .concat("\n");
}

/** The name under which `writeEvidence` puts the map beside the report. */
export const networkMapFile = "network-map.svg";

function render(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `${"#".repeat(block.level)} ${inline(block.text)}`;
    case "paragraph":
      return inline(block.text);
    case "list":
      return block.items.map((item) => `- ${inline(item)}`).join("\n");
    case "table":
      return [block.head, block.head.map(() => "---"), ...block.rows]
        .map((row) => `| ${row.map(cell).join(" | ")} |`)
        .join("\n");
    case "map":
      return `![Network map](${networkMapFile})`;
    case "page":
      return "";
  }
}

/** A text's words as one line that begins no list, heading or code by itself. */
function inline(text: string): string {
  return oneLine(text)
    .map(({ code, part }) => (code ? part : literal(part)))
    .join("")
    .replace(/^[-+=]|(?<=^\d+)[.)]/, String.raw`\$&`);
}

/** GFM ends a cell at a bar, even in code, and there takes a backslash before it for the bar's own. */
function cell(text: string): string {
  return oneLine(text)
    .map(({ code, part }) => {
      if (!code) return literal(part);
      return part.includes("|") ? `<code>${literal(part.slice(1, -1))}</code>` : part;
    })
    .join("");
}

function oneLine(text: string): ReturnType<typeof inlineParts> {
  return inlineParts(
    printable(text)
      .replaceAll(/\s*\n\s*/g, " ")
      .trim(),
  );
}

/** What Markdown would take as more than text is taken literally: HTML, entities and bars as entities, the rest behind a backslash. */
function literal(text: string): string {
  return text
    .replaceAll(/[&<>|]/g, (character) => entities[character] ?? "")
    .replaceAll(/[\\*_[\]`~]|(?<!&)#/g, String.raw`\$&`);
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "|": "&#124;",
};
