import type { AssessOptions } from "../../../src/evidence/assess.js";
import { annexContents } from "../../../src/evidence/report/annex.js";
import type { Block } from "../../../src/evidence/report/blocks.js";
import { contents } from "../../../src/evidence/report/contents.js";
import type { ReportOptions } from "../../../src/evidence/report/options.js";
import { plainText } from "../../../src/evidence/report/text.js";
import type { CacheArguments } from "../../../src/arguments/cacheArguments.js";
import type { Assessment } from "../../../src/evidence/assess.js";
import { smallAssessment } from "./smallAssessment.js";

export const date = new Date("2026-11-22T01:02:03Z");
export const annexFile = { name: "report-annex.html", sha256: "0a" };

/** A part of the report with its characters alone: links and statuses by their words, code between backticks. */
export type PlainBlock =
  | { kind: "heading"; level: number; text: string }
  | { kind: "paragraph"; text: string }
  | { kind: "list"; items: string[] }
  | { kind: "table"; head: string[]; rows: string[][] }
  | { kind: "map"; svg: string };

export function report(
  change: Partial<CacheArguments> = {},
  options: AssessOptions & ReportOptions = {},
): PlainBlock[] {
  return reportOf(smallAssessment(change, { date, ...options }), options);
}

export function reportOf(assessment: Assessment, options: ReportOptions = {}): PlainBlock[] {
  return plain(contents(assessment, { date, ...options, report: "report.html", annex: annexFile }));
}

export function annexOf(assessment: Assessment, options: ReportOptions = {}): PlainBlock[] {
  return plain(annexContents(assessment, { date, ...options, report: "report.html" }));
}

/** All blocks in their order, those in columns as well. */
export function plain(blocks: readonly Block[]): PlainBlock[] {
  return blocks.flatMap((block): PlainBlock[] => {
    switch (block.kind) {
      case "heading":
        return [heading(block.level, plainText(block.text))];
      case "paragraph":
        return [paragraph(plainText(block.text))];
      case "list":
        return [list(block.items.map(plainText))];
      case "table":
        return [
          table(
            block.head.map(plainText),
            block.rows.map((row) => row.map(plainText)),
          ),
        ];
      case "columns":
      case "together":
        return plain(block.blocks);
      default:
        return [block];
    }
  });
}

export function heading(level: number, text: string): PlainBlock {
  return { kind: "heading", level, text };
}

export function paragraph(text: string): PlainBlock {
  return { kind: "paragraph", text };
}

export function list(items: string[]): PlainBlock {
  return { kind: "list", items };
}

export function table(head: string[], rows: string[][]): PlainBlock {
  return { kind: "table", head, rows };
}

/** What is under a heading, up to the next one that is as high. */
export function under(blocks: readonly PlainBlock[], title: string): PlainBlock[] {
  const start = blocks.findIndex((block) => block.kind === "heading" && block.text === title);
  const level = (block: PlainBlock | undefined): number => (block?.kind === "heading" ? block.level : 9);
  const rest = blocks.slice(start + 1);
  const end = rest.findIndex((block) => level(block) <= level(blocks[start]));
  return rest.slice(0, end === -1 ? undefined : end);
}
