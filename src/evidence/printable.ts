/**
 * What comes from a host or from AWS, as it may be shown: whatever a terminal would obey, or a reader would not see, is written out,
 * such as `\u{1b}`. Lines stay lines, and a tab is a space.
 */
export function printable(text: string): string {
  return text
    .replaceAll("\t", " ")
    .replaceAll(/[^\P{C}\n]|[\p{Zl}\p{Zp}]/gu, (one) => `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`);
}
