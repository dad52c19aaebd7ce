import type { Status } from "../status";

/**
 * A part of a text. A string is what it says: no character in it means more than itself. So what comes from users, hosts or AWS can
 * neither begin code nor end it, whatever stands beside it.
 */
export type Inline =
  | string
  | { readonly code: string }
  | { readonly strong: string }
  /** To a place of this file (`#tls`), or of a file beside it. */
  | { readonly href: string; readonly words: string }
  /** A status by its mark and its words. */
  | { readonly status: Status }
  /** A status by its mark alone, such as before a link. */
  | { readonly mark: Status };

export type Text = string | readonly Inline[];

export function partsOf(text: Text): readonly Inline[] {
  return typeof text === "string" ? [text] : text;
}

/** Texts behind each other, with the same words between. */
export function joined(texts: readonly Text[], between: string): Inline[] {
  return texts.flatMap((text, index) => [...(index === 0 ? [] : [between]), ...partsOf(text)]);
}

/** Where a name in the library's own words leads, such as the id of a control to its title. */
export type Names = ReadonlyMap<string, Inline>;

/**
 * The library's own words, in which code stands between backticks. What is between backticks and has a name is shown by that. Only for
 * one field at a time: a backtick without its fellow is text.
 */
export function ownWords(text: string, names: Names = new Map()): Inline[] {
  return text
    .split(/((?<!`)`[^`]+`(?!`))/)
    .map((part, index): Inline => {
      if (index % 2 === 0) return part;
      const code = part.slice(1, -1);
      return names.get(code) ?? { code };
    })
    .filter((part) => part !== "");
}

/** The same where there is nothing but characters: the library's own words as they were, links as their words. */
export function plainText(text: Text): string {
  return partsOf(text).map(plainPart).join("");
}

function plainPart(part: Inline): string {
  if (typeof part === "string") return part;
  if ("code" in part) return `\`${part.code}\``;
  if ("strong" in part) return part.strong;
  if ("href" in part) return part.words;
  return "status" in part ? statusWords[part.status] : statusMarks[part.mark];
}

/** How a status reads. */
export const statusWords: Readonly<Record<Status, string>> = {
  met: "met",
  "partly met": "partly met",
  designed: "designed; nothing verified",
  "not met": "not met",
  weakened: "weakened by choice",
  "not applicable": "not applicable",
  alternative: "documented alternative; not approved",
  organisation: "for your organisation to do",
};

/** The mark of a status, for those who look over many of them. */
export const statusMarks: Readonly<Record<Status, string>> = {
  met: "✓",
  "partly met": "◐",
  designed: "○",
  "not met": "✗",
  weakened: "!",
  "not applicable": "–",
  alternative: "≈",
  organisation: "→",
};
