import type { Assessment } from "../assess";
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

/** What Markdown would take as more than text is taken literally, but for code. */
function inline(text: string): string {
  return inlineParts(text)
    .map(({ code, part }) => (code ? part : part.replaceAll(/[\\*_<>[\]#]/g, String.raw`\$&`)))
    .join("");
}

/** GFM ends a cell at a bar, even in code. */
function cell(text: string): string {
  return inline(text).replaceAll("|", String.raw`\|`);
}
