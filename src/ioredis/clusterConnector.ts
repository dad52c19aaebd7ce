import { Socket } from "node:net";
import type { RedisOptions } from "ioredis";
import { BatchingConnector } from "./batchingConnector";
import type { ClusterNodes } from "./clusterNodes";
import { noSuchNode } from "./noNode";
import { unlessSilent } from "./unlessSilent";

/**
 * Connectors (ioredis's `Connector` option) for the nodes of a cluster. ioredis asks for a node by the address that Redis says, and is
 * connected through that node's Unix socket: never to an address, and to no node that the connection file does not have.
 */
export function clusterConnector(nodes: ClusterNodes): typeof BatchingConnector {
  return class extends BatchingConnector {
    readonly #options: RedisOptions;

    constructor(given: unknown) {
      super(given);
      this.#options = given as RedisOptions;
    }

    override async connect(): Promise<Socket> {
      this.connecting = true;
      delete this.firstError;
      const path = nodes.pathTo(this.#options.host);
      if (path === undefined) {
        this.firstError = new Error(noSuchNode);
        return new Socket().destroy();
      }
      this.#options.path = path;
      return unlessSilent(await super.connect(), this.#options.connectTimeout);
    }
  };
}
