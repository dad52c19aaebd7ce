import { Socket } from "node:net";
import type { RedisOptions } from "ioredis";
import type { ConnectionFileNode, ReplicatedConnectionFile } from "../host/connectionFile";
import { primaryBy, replicasBy } from "./askSentinel";
import { BatchingConnector } from "./batchingConnector";
import { namedByMajority } from "./majority";
import { noPrimary, noReplica } from "./noNode";
import { reconnectWhenMoved } from "./reconnectWhenMoved";
import { unlessSilent } from "./unlessSilent";

/** The client has been closed meanwhile. */
const closed = Symbol("closed");

/**
 * Connectors (ioredis's `Connector` option) that ask all Sentinels of a cache at each attempt, and connect to the node that a
 * majority of them names: to the primary, or to one of the replicas. An attempt without one fails as one does where nobody listens, so
 * that `retryStrategy` decides about the next; a rejection would end the client for good.
 */
export function nodeConnector(file: ReplicatedConnectionFile): typeof BatchingConnector {
  return class extends BatchingConnector {
    readonly #options: RedisOptions;
    readonly #role: "master" | "slave";
    /** Clients begin at different replicas, and take another one at each attempt. */
    #turn = Math.floor(Math.random() * file.nodes.length);
    #giveUp: (() => void) | undefined;

    constructor(given: unknown) {
      super(given);
      this.#options = given as RedisOptions;
      this.#role = this.#options.role ?? "master";
      this.#options.reconnectOnError = reconnectWhenMoved(this.#options.reconnectOnError, this.#role);
    }

    override async connect(): Promise<Socket> {
      this.connecting = true;
      delete this.firstError;
      const givenUp = new Promise<typeof closed>((resolve) => {
        this.#giveUp = () => {
          resolve(closed);
        };
      });
      const node = await Promise.race([this.#choose(), givenUp]);
      if (node === closed) return new Socket().destroy();
      if (node === undefined) {
        this.firstError = new Error(this.#role === "slave" ? noReplica : noPrimary);
        return new Socket().destroy();
      }
      this.#options.path = node.path;
      return unlessSilent(await super.connect(), this.#options.connectTimeout);
    }

    /** ioredis's ready check asks: a node that has just been made something else is left for another attempt. */
    override check(info: { role?: string }): boolean {
      return info.role === undefined || info.role === this.#role;
    }

    override disconnect(): void {
      super.disconnect();
      this.#giveUp?.();
    }

    async #choose(): Promise<ConnectionFileNode | undefined> {
      const { username, password } = this.#options;
      const named = this.#role === "slave" ? replicasBy : primaryBy;
      const addresses = await namedByMajority(
        file.nodes.flatMap(({ sentinelPath: path }) =>
          path === undefined
            ? []
            : [named({ path, name: file.sentinelName, username, password: password ?? undefined })],
        ),
      );
      // Nothing but a node of the cache, whoever is named.
      const nodes = file.nodes.filter(({ address }) => addresses.includes(address));
      return nodes[this.#turn++ % nodes.length];
    }
  };
}
