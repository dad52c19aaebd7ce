import type { ClusterConnectionFile, ClusterConnectionFileNode } from "../host/connectionFile";
import { readConnection } from "./connectionRecord";

/** The nodes of a cluster that its connection file has at a time: the host's scripts write it anew when the cluster grows or shrinks. */
export class ClusterNodes {
  readonly #connectionFile: string;
  #last: readonly ClusterConnectionFileNode[];

  constructor(connectionFile: string, record: ClusterConnectionFile) {
    this.#connectionFile = connectionFile;
    this.#last = record.nodes;
  }

  now(): readonly ClusterConnectionFileNode[] {
    try {
      const record = readConnection(this.#connectionFile);
      if (record.schemaVersion === 4) this.#last = record.nodes;
    } catch {
      // An error here would end a client that has all it needs; what was right may still be.
    }
    return this.#last;
  }

  /** The Unix socket of the way to a node; none to where the file has no node, whoever names it. */
  pathTo(address: string | undefined): string | undefined {
    return this.now().find((node) => node.address === address)?.path;
  }
}
