/** Errors that commands of transactions have ended in. */
const errors = new WeakSet();

export function isOfTransaction(error: Error): boolean {
  return errors.has(error);
}

const isPart = Symbol("whether it is part of a transaction");

/** A set of all commands would take longer than whatever else is done for each. */
interface Noted {
  readonly name: string;
  [isPart]?: boolean;
}

/** Knows which commands of a client are parts of transactions, in whichever of ioredis's ways they are given. */
export class Transactions {
  #isOpen = false;

  /** Of each command when it is sent, in their order; one that is sent once more is what it was. */
  note(command: Noted): void {
    if (command[isPart] !== undefined) return;
    const name = command.name.toLowerCase();
    if (name === "multi") this.#isOpen = true;
    command[isPart] = this.#isOpen;
    if (name === "exec" || name === "discard") this.#isOpen = false;
  }
}

/** Of a command that has been noted. */
export function isPartOfTransaction(command: Noted): boolean {
  return command[isPart] === true;
}

export function noteError(command: Noted, error: Error): void {
  if (isPartOfTransaction(command)) errors.add(error);
}
