import { AbstractConnector, type StandaloneConnectionOptions } from "ioredis";
import { BatchingSocket } from "./batchingSocket";

/**
 * Connects ioredis through a {@link BatchingSocket} (ioredis's `Connector` option). ioredis makes one for each client
 * and asks it for a new socket at each reconnect, so every connection of the client, and of its duplicates, batches.
 */
export class BatchingConnector extends AbstractConnector {
  readonly #options: StandaloneConnectionOptions;

  constructor(options: unknown) {
    const standalone = options as StandaloneConnectionOptions;
    super(standalone.disconnectTimeout ?? 0);
    this.#options = standalone;
  }

  /** Resolves before the socket is connected: ioredis waits for its events itself. */
  override connect(): Promise<BatchingSocket> {
    const { host = "127.0.0.1", port = 6379 } = this.#options;
    this.connecting = true;
    const socket = new BatchingSocket();
    this.stream = socket;
    socket.once("error", (error) => {
      this.firstError = error;
    });
    socket.connect({ host, port });
    return Promise.resolve(socket);
  }
}
