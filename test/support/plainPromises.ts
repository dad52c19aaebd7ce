import { createRequire } from "node:module";

/**
 * Pulumi notes the stack of each of its promises, thousands in a program, to name those that leak. With the tests' source
 * maps that is half of the processor time of a program in this process, and nobody reads them here.
 */
export const debuggable = createRequire(import.meta.url)("@pulumi/pulumi/runtime/debuggable.js") as {
  debuggablePromise?: (promise: Promise<unknown>, context?: unknown) => Promise<unknown>;
};
const noting = debuggable.debuggablePromise;
if (noting === undefined) throw new Error("@pulumi/pulumi/runtime/debuggable.js has no debuggablePromise any more.");
debuggable.debuggablePromise = (promise, context) => {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return noting(promise, context);
  } finally {
    Error.stackTraceLimit = limit;
  }
};
