import type { Command } from "ioredis";

/** Why a transaction fails whose keys nobody watches any more. */
export const noLongerWatched =
  "The keys that WATCH named are watched no more: the connection was lost, or another node has them. Nothing of the transaction was carried " +
  "out: watch them, and read them, again.";

/** Of a client of one Redis all keys are in one place. */
const only = 0;

const slots = new WeakMap<object, number>();

/** Where the keys of a cluster's WATCH are, or of a MULTI what follows it: a transaction is sent to where the slot of its keys is. */
export function noteSlot(command: Command, node: unknown): void {
  const name = command.name.toLowerCase();
  if (name !== "watch" && name !== "multi") return;
  const slot = name === "watch" ? command.getSlot() : (node as { slot?: number } | undefined)?.slot;
  if (slot != null) slots.set(command, slot);
}

/**
 * Where the keys are watched that a client has named (WATCH). Redis forgets that with the connection, with each EXEC, and nodes with the slot:
 * a transaction that goes elsewhere, or goes once more, would be carried out whoever has changed the keys meanwhile.
 */
export class Watched {
  /** The connection that watches keys of a slot, or that it is lost. */
  readonly #at = new Map<number, object | "lost">();
  readonly #sent = new WeakSet();
  #refuses = false;

  /** Asked of each command when it is written to a connection, in their order: whether it may be. */
  admits(command: { readonly name: string }, connection: object): boolean {
    const refused = this.#refuses;
    switch (command.name.toLowerCase()) {
      case "watch":
        if (this.#at.get(slotOf(command)) !== "lost") this.#at.set(slotOf(command), connection);
        break;
      case "unwatch":
        this.#at.clear();
        break;
      case "multi":
        this.#refuses = this.#isLostFor(command, connection);
        return !this.#refuses;
      case "exec":
      case "discard":
        this.#refuses = false;
        for (const [slot, at] of this.#at) if (at === connection) this.#at.delete(slot);
    }
    return !refused;
  }

  /** A connection is lost. */
  left(connection: object): void {
    for (const [slot, at] of this.#at) if (at === connection) this.#at.set(slot, "lost");
  }

  #isLostFor(multi: object, connection: object): boolean {
    // It goes once more: EXEC has ended what was watched the first time.
    if (this.#sent.has(multi)) return true;
    const slot = slotOf(multi);
    const at = this.#at.get(slot);
    if (at === undefined) return false;
    this.#sent.add(multi);
    if (at === connection) return false;
    this.#at.delete(slot);
    return true;
  }
}

function slotOf(command: object): number {
  return slots.get(command) ?? only;
}
