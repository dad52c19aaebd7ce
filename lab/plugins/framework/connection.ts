import { AsyncLocalStorage } from "node:async_hooks";

const connections = new AsyncLocalStorage<string>();

/** Answers a request of one of the engine's connections, which has the peer's address for a name. */
export function ofConnection<Answer>(peer: string, answer: () => Answer): Answer {
  return connections.run(peer, answer);
}

/**
 * A value for each connection. A provider of the engine's has one of its own and begins it with its configuration, so that
 * many providers, and many runs of the engine, can ask one process.
 */
export function perConnection<Value>(): { get: () => Value | undefined; set: (value: Value) => void } {
  const values = new Map<string, Value>();
  const current = (): string => {
    const peer = connections.getStore();
    if (peer === undefined) throw new Error("Only what a connection has asked for has a value of its own.");
    return peer;
  };
  return {
    get: () => values.get(current()),
    set: (value) => {
      values.set(current(), value);
    },
  };
}
