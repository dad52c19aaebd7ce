/** One small fault in one file of the source. */
export interface Change extends Edit {
  /** From the root of the checkout on. */
  readonly file: string;
  /** What was done to it: a name of a mutator. */
  readonly kind: string;
}

/** What stands between two places of a text gives way to another text. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function changed(source: string, { start, end, text }: Edit): string {
  return source.slice(0, start) + text + source.slice(end);
}

/** The line where a change begins, before and after it, for people. */
export function lineOf(source: string, change: Edit): { line: number; before: string; after: string } {
  const from = source.lastIndexOf("\n", change.start - 1) + 1;
  const next = source.indexOf("\n", change.end);
  const to = next === -1 ? source.length : next;
  const oneLine = (text: string): string => text.trim().replace(/\s*\n\s*/g, " ⏎ ");
  return {
    line: source.slice(0, change.start).split("\n").length,
    before: oneLine(source.slice(from, to)),
    after: oneLine(source.slice(from, change.start) + change.text + source.slice(change.end, to)),
  };
}
