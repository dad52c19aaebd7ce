import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../../lab/stateFolder.js";

/** A number or name that a document repeats, and what it has to be. */
export interface Documented {
  /** Below the root of the repository. */
  readonly file: string;
  /** With one group, the number; white space in it stands for any in the document. All that match count. */
  readonly pattern: RegExp;
  readonly value: string;
}

/** A file of the repository, with a single space wherever lines are broken or indented. */
export function textOf(file: string): string {
  return readFileSync(join(repositoryRoot, file), "utf8").replace(/\s+/g, " ");
}

/** What a file of the source has for a value that it keeps to itself. */
export function inSource(file: string, pattern: RegExp): string {
  const value = pattern.exec(textOf(file))?.[1];
  if (value === undefined)
    throw new Error(`${file} has nothing like ${String(pattern)} any more: say here where it is now.`);
  return value;
}

/** Rows of one document. */
export function rows(file: string, list: readonly (readonly [RegExp, string])[]): Documented[] {
  return list.map(([pattern, value]) => ({ file, pattern, value }));
}

const words = "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split(" ");

/** A small number as prose has it. */
export const word = (value: number | string): string => words[Number(value)] ?? String(value);

export const thousands = (value: number): string => value.toLocaleString("en");

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
