import { inspect } from "node:util";

/**
 * Has Node.js show an error by its stack alone. Pulumi has each error that ends a program shown in colours, and some versions of Node.js
 * (20.19.6 and 22.x among them) don't come to an end there by a stack that has a file of `node_modules/@pulumi` itself, as every error has
 * that is thrown in an `apply`: they take 3.6 GB before they give up (nodejs/node#64011).
 */
export function inspectedByStack<Thrown extends Error>(error: Thrown): Thrown {
  Object.defineProperty(error, inspect.custom, { value: () => error.stack ?? error.message });
  return error;
}
