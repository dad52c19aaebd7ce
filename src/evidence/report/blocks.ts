/** A part of the report, whatever it is written as. Texts are plain, but for words between backticks, which are code. */
export type Block =
  | { readonly kind: "heading"; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | {
      readonly kind: "table";
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: "map"; readonly svg: string }
  /** On paper, the next page begins here. */
  | { readonly kind: "page" };

/**
 * A text's parts in their order; one that is code still has its backticks. A backtick without its fellow is text, and so are several
 * in a row, which Markdown would pair in a way of its own.
 */
export function inlineParts(text: string): { readonly code: boolean; readonly part: string }[] {
  return text.split(/((?<!`)`[^`]+`(?!`))/).map((part, index) => ({ code: index % 2 === 1, part }));
}

export function heading(level: 1 | 2 | 3, text: string): Block {
  return { kind: "heading", level, text };
}

export function paragraph(text: string): Block {
  return { kind: "paragraph", text };
}

export function list(items: readonly string[]): Block {
  return { kind: "list", items };
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): Block {
  return { kind: "table", head, rows };
}
