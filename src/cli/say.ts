import { printable } from "../evidence/printable";

/** What a command says: whatever it has from elsewhere, a terminal obeys nothing of it. */
export function say(text: string): void {
  console.log(printable(text));
}

/** Why a command could not do what it was asked for. */
export function complain(text: string): void {
  console.error(printable(text));
}
