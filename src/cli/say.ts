import { printable, printableLines } from "../evidence/printable";

/** What a command says in one line: whatever it has from elsewhere, a terminal obeys nothing of it, and no other line comes of it. */
export function say(text: string): void {
  console.log(printable(text));
}

/** The same for a text of lines, in which every value from elsewhere is in one already. */
export function sayLines(text: string): void {
  console.log(printableLines(text));
}

/** Why a command could not do what it was asked for. */
export function complain(text: string): void {
  console.error(printableLines(text));
}
