import type { RootHookObject } from "mocha";

/**
 * A rejection that nobody handles fails the test in which it happens, and so the run, as node by itself would end the
 * program. mocha 12 takes that from node, passes the rejection on to other listeners, and without one drops it.
 */
process.on("unhandledRejection", failTheRun);

/** mocha's own listener and this one: they are there before the first test. */
let usual: readonly unknown[] = [];

export const mochaHooks: RootHookObject = {
  beforeAll() {
    usual = process.listeners("unhandledRejection");
  },
};

function failTheRun(reason: unknown): void {
  // While a program runs in this process, Pulumi listens, and `up` fails with what the program left unhandled.
  const others = process.listeners("unhandledRejection").filter((listener) => !usual.includes(listener));
  if (usual.length > 0 && others.length > 0) return;
  throw reason;
}
