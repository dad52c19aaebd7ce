/** Errors that commands of transactions have ended in. */
const errors = new WeakSet();

export function isOfTransaction(error: Error): boolean {
  return errors.has(error);
}

/** Knows which commands of a client are parts of transactions, in whichever of ioredis's ways they are given. */
export class Transactions {
  readonly #parts = new WeakSet();
  readonly #seen = new WeakSet();
  #isOpen = false;

  /** Of each command when it is sent, in their order; one that is sent once more is what it was. */
  note(command: { readonly name: string }): void {
    if (this.#seen.has(command)) return;
    this.#seen.add(command);
    const name = command.name.toLowerCase();
    if (name === "multi") this.#isOpen = true;
    if (this.#isOpen) this.#parts.add(command);
    if (name === "exec" || name === "discard") this.#isOpen = false;
  }

  noteError(command: object, error: Error): void {
    if (this.#parts.has(command)) errors.add(error);
  }
}
