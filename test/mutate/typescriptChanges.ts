import ts from "typescript";
import { changed, type Edit } from "./change.js";
import { conditionMutators } from "./conditionMutators.js";
import type { Mutator } from "./mutator.js";
import { valueMutators } from "./valueMutators.js";

export const mutators: readonly Mutator[] = [...conditionMutators, ...valueMutators];

/** Every fault that the mutators can make of a text. Types, imports and exports run nowhere: they stay. */
export function typescriptChanges(file: string, source: string): (Edit & { kind: string })[] {
  const parsed = ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true);
  const found = new Map<string, Edit & { kind: string }>();
  const visit = (node: ts.Node): void => {
    if (runsNowhere(node)) return;
    for (const { kind, edits } of mutators) {
      for (const edit of edits(node, parsed)) {
        const result = changed(source, edit);
        if (result !== source && !found.has(result)) found.set(result, { kind, ...edit });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return [...found.values()];
}

function runsNowhere(node: ts.Node): boolean {
  return (
    ts.isTypeNode(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isTypeParameterDeclaration(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    // "use strict" and the like.
    (ts.isExpressionStatement(node) && ts.isStringLiteral(node.expression))
  );
}
