import type { Inline, Text } from "./text";

/** A part of the report, whatever it is written as. */
export type Block =
  | {
      readonly kind: "heading";
      readonly level: 1 | 2 | 3;
      readonly text: Text;
      /** By which links lead here. */ readonly id?: string;
    }
  | { readonly kind: "paragraph"; readonly text: Text }
  | { readonly kind: "list"; readonly items: readonly Text[] }
  | {
      readonly kind: "table";
      readonly head: readonly Text[];
      readonly rows: readonly (readonly Text[])[];
      /** Each column's share of the width, in percent. */
      readonly widths: readonly number[];
      /** Whether somebody fills it in by hand. */
      readonly form?: boolean;
    }
  /** On paper, these are set in two columns. */
  | { readonly kind: "columns"; readonly blocks: readonly Block[] }
  /** On paper, these are on one page. */
  | { readonly kind: "together"; readonly blocks: readonly Block[] }
  | { readonly kind: "map"; readonly svg: string };

export function heading(level: 1 | 2 | 3, text: Text, id?: string): Block {
  return { kind: "heading", level, text, ...(id === undefined ? {} : { id }) };
}

export function paragraph(...parts: readonly Inline[]): Block {
  return { kind: "paragraph", text: parts };
}

export function list(items: readonly Text[]): Block {
  return { kind: "list", items };
}

/** A column's title, and its share of the width in percent. */
export type Column = readonly [title: string, width: number];

export function table(columns: readonly Column[], rows: readonly (readonly Text[])[]): Block {
  return { kind: "table", ...headOf(columns), rows };
}

/** A table that somebody fills in by hand: its rows are high. */
export function form(columns: readonly Column[], rows: readonly (readonly Text[])[]): Block {
  return { kind: "table", ...headOf(columns), rows, form: true };
}

function headOf(columns: readonly Column[]): { head: Text[]; widths: number[] } {
  return { head: columns.map(([title]) => title), widths: columns.map(([, width]) => width) };
}
