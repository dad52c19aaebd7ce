import { createConnection, type IpcNetConnectOpts, type Socket, type TcpNetConnectOpts } from "node:net";
import { AbstractConnector, type StandaloneConnectionOptions } from "ioredis";
import { batchWrites } from "./batchWrites";

/**
 * Connects ioredis through sockets that batch (ioredis's `Connector` option). ioredis makes a connector for each client
 * and asks it for a new socket at each reconnection, so every connection of the client and of its duplicates batches.
 */
export class BatchingConnector extends AbstractConnector {
  readonly #options: StandaloneConnectionOptions;
  /** The connection that is being ended. */
  #ending: unknown;

  constructor(options: unknown) {
    const standalone = options as StandaloneConnectionOptions;
    super(standalone.disconnectTimeout ?? 0);
    this.#options = standalone;
  }

  /** Resolves before the socket is connected: ioredis waits for its events itself. */
  override connect(): Promise<Socket> {
    const { path, host = "127.0.0.1", port = 6379 } = this.#options as Partial<TcpNetConnectOpts & IpcNetConnectOpts>;
    this.connecting = true;
    const socket = path === undefined ? createConnection({ host, port }) : createConnection({ path });
    batchWrites(socket);
    this.stream = socket;
    socket.once("error", (error) => {
      this.firstError = error;
    });
    return Promise.resolve(socket);
  }

  /** Each of many answers that call for another connection ends this one, which is done once: ioredis would listen to its end for each. */
  override disconnect(): void {
    if (this.#ending !== undefined && this.#ending === this.stream) return;
    this.#ending = this.stream;
    super.disconnect();
  }
}
