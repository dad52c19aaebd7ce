import type { Alone } from "../../lab/replicas/writeThrough.js";

/** Lets in one after the other, in the order in which they come; one that fails keeps out none of those behind it. */
export function turns(): Alone {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
