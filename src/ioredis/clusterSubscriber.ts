import type { EventEmitter } from "node:events";
import type { Redis } from "ioredis";
import type { ClusterPool } from "./clusterPool";
import { reconnectDelayMs } from "./timeouts";

const kinds = ["subscribe", "psubscribe"] as const;
type Channels = Readonly<Record<(typeof kinds)[number], readonly string[]>>;

const none: Channels = { subscribe: [], psubscribe: [] };
const events = ["message", "messageBuffer", "pmessage", "pmessageBuffer"] as const;

/**
 * The one connection by which a cluster's client gets what is published, at any of its nodes: each passes on to the others. ioredis's own
 * would be made without the way through the tunnel, and would show what it is sent. It is at another node when its own is lost.
 */
export class ClusterSubscriber {
  readonly #pool: ClusterPool;
  readonly #cluster: EventEmitter;
  readonly #open: (node: Redis) => Redis;
  #client: Redis | null = null;
  #isStarted = false;
  #attempts = 0;
  #timer: NodeJS.Timeout | undefined;
  /** What is to be subscribed to again, until it is. */
  #kept = none;

  constructor(pool: ClusterPool, cluster: EventEmitter, open: (node: Redis) => Redis) {
    this.#pool = pool;
    this.#cluster = cluster;
    this.#open = open;
    pool.on("-node", (node: Redis) => {
      if (this.#client !== null && keyOf(this.#client) === keyOf(node)) this.#choose();
    });
    pool.on("+node", () => {
      if (this.#isStarted && this.#client === null) this.#choose();
    });
  }

  getInstance(): Redis | null {
    return this.#client;
  }

  isStarted(): boolean {
    return this.#isStarted;
  }

  start(): void {
    this.#isStarted = true;
    this.#choose();
  }

  stop(): void {
    this.#isStarted = false;
    this.#leave();
  }

  #leave(): void {
    clearTimeout(this.#timer);
    const client = this.#client;
    if (client === null) return;
    this.#client = null;
    this.#kept = together(this.#kept, channelsOf(client));
    client.disconnect();
  }

  #choose(): void {
    this.#leave();
    const nodes = this.#pool.getNodes();
    const node = nodes[Math.floor(Math.random() * nodes.length)];
    if (node === undefined) return;
    const client = this.#open(node);
    this.#client = client;
    client.on("error", () => undefined);
    client.on("ready", () => (this.#attempts = 0));
    client.once("end", () => {
      this.#afterEnd(client);
    });
    for (const event of events) client.on(event, (...told: unknown[]) => this.#cluster.emit(event, ...told));
    this.#subscribeAgain(client);
  }

  /** At once the first time: what is published meanwhile is missed. */
  #afterEnd(client: Redis): void {
    if (client !== this.#client) return;
    this.#attempts += 1;
    this.#timer = setTimeout(
      () => {
        this.#choose();
      },
      this.#attempts === 1 ? 0 : reconnectDelayMs(this.#attempts),
    );
  }

  #subscribeAgain(client: Redis): void {
    const wanted = kinds.filter((kind) => this.#kept[kind].length > 0);
    if (wanted.length === 0) return;
    void Promise.all(wanted.map((kind) => client[kind](...this.#kept[kind]))).then(
      () => {
        if (client === this.#client) this.#kept = none;
      },
      () => {
        client.disconnect();
      },
    );
  }
}

function channelsOf({ condition }: Redis): Channels {
  const subscriber = condition?.subscriber;
  if (subscriber === undefined || subscriber === false) return none;
  return { subscribe: subscriber.channels("subscribe"), psubscribe: subscriber.channels("psubscribe") };
}

function together(some: Channels, others: Channels): Channels {
  const all = (kind: keyof Channels): string[] => [...new Set([...some[kind], ...others[kind]])];
  return { subscribe: all("subscribe"), psubscribe: all("psubscribe") };
}

function keyOf({ options: { host, port } }: Redis): string {
  return `${host ?? ""}:${port ?? ""}`;
}
