import ts from "typescript";
import type { Edit } from "./change.js";
import { dropped, replaced } from "./edits.js";
import type { Mutator } from "./mutator.js";

/** Faults in what decides: conditions, comparisons, calculations, statements and what is returned. */
export const conditionMutators: readonly Mutator[] = [
  {
    kind: "condition negated",
    edits: (node, file) => {
      if (ts.isIfStatement(node) || ts.isWhileStatement(node)) return [negated(node.expression, file)];
      return ts.isConditionalExpression(node) ? [negated(node.condition, file)] : [];
    },
  },
  {
    kind: "negation dropped",
    edits: (node, file) =>
      ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken
        ? [replaced(node, file, node.operand.getText(file))]
        : [],
  },
  operators("boundary moved", { "<": "<=", "<=": "<", ">": ">=", ">=": ">" }),
  operators("equality turned", { "===": "!==", "!==": "===" }),
  operators("and, or exchanged", { "&&": "||", "||": "&&" }),
  operators("calculation changed", { "+": "-", "-": "+", "*": "/", "/": "*", "%": "*" }),
  {
    kind: "default taken always",
    edits: (node, file) =>
      ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken
        ? [replaced(node, file, `(${node.right.getText(file)})`)]
        : [],
  },
  {
    kind: "statement dropped",
    edits: (node, file) =>
      ts.isExpressionStatement(node) ||
      ts.isIfStatement(node) ||
      ts.isThrowStatement(node) ||
      ts.isForOfStatement(node) ||
      (ts.isReturnStatement(node) && node.expression === undefined)
        ? [replaced(node, file, ";")]
        : [],
  },
  {
    kind: "return emptied",
    edits: (node, file) =>
      ts.isReturnStatement(node) && node.expression !== undefined
        ? emptyOf(returnType(node)?.getText(file)).map((text) => replaced(node.expression ?? node, file, text))
        : [],
  },
  {
    kind: "else dropped",
    edits: (node, file) =>
      ts.isIfStatement(node) && node.elseStatement !== undefined ? [replaced(node.elseStatement, file, "{}")] : [],
  },
  {
    kind: "await dropped",
    edits: (node, file) => (ts.isAwaitExpression(node) ? [dropped(node.getChildAt(0, file), file)] : []),
  },
];

function operators(kind: string, others: Readonly<Record<string, string>>): Mutator {
  return {
    kind,
    edits: (node, file) => {
      if (!ts.isBinaryExpression(node)) return [];
      const other = others[node.operatorToken.getText(file)];
      return other === undefined ? [] : [replaced(node.operatorToken, file, other)];
    },
  };
}

function negated(condition: ts.Expression, file: ts.SourceFile): Edit {
  return replaced(condition, file, `!(${condition.getText(file)})`);
}

/** The declared type of the function that a statement returns from. */
function returnType(node: ts.Node): ts.TypeNode | undefined {
  const parent = node.parent as ts.Node | undefined;
  if (parent === undefined) return undefined;
  return ts.isFunctionLike(parent) ? parent.type : returnType(parent);
}

function emptyOf(type: string | undefined): string[] {
  if (type === undefined) return [];
  if (type.endsWith("| undefined")) return ["undefined"];
  if (type.endsWith("[]")) return ["[]"];
  if (type === "string") return ['""'];
  return type === "boolean" ? ["true", "false"] : [];
}
