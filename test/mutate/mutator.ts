import type ts from "typescript";
import type { Edit } from "./change.js";

/** Makes a fault of one kind of a piece of code; nothing where it doesn't fit. */
export interface Mutator {
  readonly kind: string;
  readonly edits: (node: ts.Node, file: ts.SourceFile) => readonly Edit[];
}
