import ts from "typescript";
import type { Edit } from "./change.js";
import { itemDropped, replaced } from "./edits.js";
import type { Mutator } from "./mutator.js";

/** Faults in values: literals, regular expressions, items of lists and objects, arguments and methods of calls. */
export const valueMutators: readonly Mutator[] = [
  {
    kind: "boolean turned",
    edits: (node, file) => {
      if (node.kind === ts.SyntaxKind.TrueKeyword) return [replaced(node, file, "false")];
      return node.kind === ts.SyntaxKind.FalseKeyword ? [replaced(node, file, "true")] : [];
    },
  },
  {
    kind: "number changed",
    edits: (node, file) =>
      ts.isNumericLiteral(node) ? [replaced(node, file, String(Number(node.text) + 1)), replaced(node, file, "0")] : [],
  },
  { kind: "text changed", edits: textEdits },
  { kind: "expression changed", edits: regexEdits },
  {
    kind: "item dropped",
    edits: (node, file) => (ts.isArrayLiteralExpression(node) ? eachDropped(node.elements, file) : []),
  },
  {
    kind: "property dropped",
    edits: (node, file) => (ts.isObjectLiteralExpression(node) ? eachDropped(node.properties, file) : []),
  },
  {
    kind: "argument dropped",
    edits: (node, file) => {
      const items = ts.isCallExpression(node) || ts.isNewExpression(node) ? node.arguments : undefined;
      return items === undefined || items.length === 0 ? [] : [itemDropped(items, items.length - 1, file)];
    },
  },
  {
    kind: "method exchanged",
    edits: (node, file) => {
      if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
      const { expression, name } = node.expression;
      const other = exchanged[name.text];
      if (other !== undefined) return [replaced(name, file, other)];
      return left.includes(name.text) ? [replaced(node, file, expression.getText(file))] : [];
    },
  },
];

const exchanged: Readonly<Partial<Record<string, string>>> = {
  some: "every",
  every: "some",
  startsWith: "endsWith",
  endsWith: "startsWith",
  min: "max",
  max: "min",
  floor: "ceil",
  ceil: "floor",
};

/** Methods that can go, so that what they were called on goes on as it was. */
const left = ["filter", "sort", "slice", "trim", "toLowerCase", "reverse", "replace", "replaceAll", "flat"];

function textEdits(node: ts.Node, file: ts.SourceFile): Edit[] {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
    if (ts.isPropertyAssignment(node.parent) && node.parent.name === node) return [];
    return [replaced(node, file, node.text === "" ? '"changed"' : '""')];
  }
  if (ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)) {
    if (node.text === "") return [];
    const [open, close] = [ts.isTemplateHead(node) ? "`" : "}", ts.isTemplateTail(node) ? "`" : "${"];
    return [replaced(node, file, open + close)];
  }
  return [];
}

function regexEdits(node: ts.Node, file: ts.SourceFile): Edit[] {
  if (!ts.isRegularExpressionLiteral(node)) return [];
  const end = node.text.lastIndexOf("/");
  const [pattern, flags] = [node.text.slice(1, end), node.text.slice(end + 1)];
  const others = [
    pattern.replace(/^\^/, ""),
    pattern.replace(/\$$/, ""),
    pattern.replace(/\+(?!\))/, "*"),
    pattern.replace(/\[\^?/, (open) => (open === "[" ? "[^" : "[")),
  ].map((other) => `/${other}/${flags}`);
  const all = flags === "" ? others : [...others, `/${pattern}/`];
  return all.filter((other) => other !== node.text).map((other) => replaced(node, file, other));
}

function eachDropped(items: ts.NodeArray<ts.Node>, file: ts.SourceFile): Edit[] {
  return items.map((_, index) => itemDropped(items, index, file));
}
