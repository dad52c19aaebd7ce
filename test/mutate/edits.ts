import type ts from "typescript";
import type { Edit } from "./change.js";

export function replaced(node: ts.Node, file: ts.SourceFile, text: string): Edit {
  return { start: node.getStart(file), end: node.getEnd(), text };
}

export function dropped(node: ts.Node, file: ts.SourceFile): Edit {
  return replaced(node, file, "");
}

/** Takes one item out of a list, with the comma that follows it or goes before it. */
export function itemDropped(items: ts.NodeArray<ts.Node>, index: number, file: ts.SourceFile): Edit {
  const [item, before, next] = [items[index], items[index - 1], items[index + 1]];
  if (item === undefined) throw new Error(`There is no item ${String(index)}.`);
  if (next !== undefined) return { start: item.getStart(file), end: next.getStart(file), text: "" };
  return { start: before?.getEnd() ?? item.getStart(file), end: items.end, text: "" };
}
