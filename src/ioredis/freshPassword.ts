import { readFileSync } from "node:fs";
import type { AbstractConnector, RedisOptions } from "ioredis";

type ConnectorClass = new (options: unknown) => AbstractConnector;

/**
 * A connector (ioredis's `Connector` option) with which every attempt to connect sends the password that the file holds
 * at that time: a change reaches the client, and its duplicates, at their next connection. Those that stand go on.
 */
export function withFreshPassword(Connector: ConnectorClass, passwordFile: string): ConnectorClass {
  return new Proxy(Connector, {
    construct: (target, [options]: [RedisOptions]) => {
      readFrom(passwordFile, options);
      return new target(options);
    },
  });
}

/** ioredis makes a connector once for a client, and asks the client's own options at each attempt. */
function readFrom(passwordFile: string, options: RedisOptions): void {
  let last = options.password;
  Object.defineProperty(options, "password", {
    configurable: true,
    // Whoever prints or copies the options has all but this.
    enumerable: false,
    get: () => {
      try {
        last = readFileSync(passwordFile, "utf8").trimEnd();
      } catch {
        // An error here would leave ioredis connecting for ever; what was right may still be.
      }
      return last;
    },
  });
}
