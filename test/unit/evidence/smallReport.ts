import type { AssessOptions } from "../../../src/evidence/assess.js";
import type { Block } from "../../../src/evidence/report/blocks.js";
import { contents, type ReportOptions } from "../../../src/evidence/report/contents.js";
import type { CacheArguments } from "../../../src/arguments/cacheArguments.js";
import { smallAssessment } from "./smallAssessment.js";

export const date = new Date("2026-11-22T01:02:03Z");

export function report(change: Partial<CacheArguments> = {}, options: AssessOptions & ReportOptions = {}): Block[] {
  const dated = { date, ...options };
  return contents(smallAssessment(change, dated), dated);
}

/** What is under a heading, up to the next one that is as high. */
export function under(blocks: readonly Block[], title: string): Block[] {
  const start = blocks.findIndex((block) => block.kind === "heading" && block.text === title);
  const level = (block: Block | undefined): number => (block?.kind === "heading" ? block.level : 9);
  const rest = blocks.slice(start + 1);
  const end = rest.findIndex((block) => block.kind === "page" || level(block) <= level(blocks[start]));
  return rest.slice(0, end === -1 ? undefined : end);
}
