/**
 * A value that comes from elsewhere, such as from a host, from AWS or from a file, as it may be shown: in one line, so that it can't be taken for a line of ours. A line's end
 * is ` ⏎ `, a tab is a space, and whatever else a terminal would obey, or a reader would not see, is written out, such as `\u{1b}`.
 */
export function printable(text: string): string {
  return text
    .replaceAll("\t", " ")
    .replaceAll(/ *(?:\n *)+/g, " ⏎ ")
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, (one) => `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`);
}

/** The same for a text that has lines: whoever shows it sees to it that each can be told from lines of ours. */
export function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}
