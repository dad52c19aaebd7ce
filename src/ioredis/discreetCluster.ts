import { inspect } from "node:util";
import {
  Cluster,
  type Callback,
  type ClusterOptions,
  type Command,
  type Redis,
  type ScanStream,
  type ScanStreamOptions,
} from "ioredis";
import { scanAll } from "./clusterScan";
import { clusterSettings, type ClusterOwnOptions } from "./clusterSettings";
import { innerOf } from "./clusterInner";
import type { Address } from "./clusterPool";
import { ClusterSubscriber } from "./clusterSubscriber";
import { DiscreetRedis, refuseMonitor, withCallback } from "./discreetRedis";
import { hasEnded, noteEnd } from "./ended";
import { NodeClient } from "./nodeClient";
import { connectBy } from "./nodePool";
import { noConnection, noShardChannels, noSingleParts } from "./noNode";
import type { OwnOptions } from "./ownOptions";
import { isRedirected, outcomeOf, type Outcome } from "./redirection";
import { refuseAlike } from "./refuseAlike";
import { isError, safeError } from "./safeError";
import { sealCommand } from "./sealCommand";
import { sealPipelines, withSafeFailure } from "./sealPipeline";
import { limitTime } from "./timeLimit";
import { noteSlot, Watched } from "./watched";

/** The way to a cluster, whoever asks for it. */
export interface ClusterWay {
  /** The nodes that the connection file has at this time, by what Redis calls them. */
  readonly nodes: () => readonly Address[];
  readonly username: string;
  /** Each connection begins with what the password's file has at that time; with this where that can't be read. */
  readonly password: string;
  readonly Connector: NonNullable<OwnOptions["Connector"]>;
}

type Stream = Parameters<Cluster["sendCommand"]>[1];
type Ttl = Parameters<Cluster["handleError"]>[1] & { losses?: number; moves?: number };
/** The types of the answers follow this option: those of connect() are the usual ones. */
type UsualAnswers = ClusterOptions["redisOptions"] & { replyMapping?: "legacy" };
interface Handlers {
  readonly maxRedirections: (error: Error) => void;
  readonly defaults: () => void;
}

/** Nodes that don't agree yet on who has a slot send a command to and fro: after so many times it rests. */
const movesWithoutRest = 5;
const restMs = 20;

/**
 * What `DiscreetRedis` is for one connection, for a Redis Cluster: an ioredis cluster that tells no value, key or password, whose connections
 * all go the way that the connection file says. Redis says in its answers who has a key; what it has not carried out goes there, and what
 * may have been carried out is not sent again. See docs/errors.md.
 */
export class DiscreetCluster extends Cluster {
  readonly #own: ClusterOwnOptions;
  readonly #way: ClusterWay;
  readonly #node: OwnOptions;
  readonly #watched = new Watched();
  /** As of one connection: what is published comes by another. */
  readonly mode: Redis["mode"] = "normal";

  static {
    sealPipelines<DiscreetCluster>(this.prototype, Cluster.prototype, {
      seal: (cluster, command) => cluster.#seal(command),
      queued: (cluster, command, pipeline) => {
        if ((command.reject as unknown) === undefined) return;
        if (isOfTransaction(command)) refuseAlike(command, pipeline, isRedirected);
        else cluster.#redirectAlone(command);
      },
    });
  }

  constructor(own: ClusterOwnOptions, way: ClusterWay) {
    const { lazyConnect = false, ...settings } = clusterSettings(own);
    // Not connected before the connections are of the kind that they have to be.
    super([...way.nodes()], { ...settings, lazyConnect: true } as ClusterOptions & { redisOptions: UsualAnswers });
    [this.#own, this.#way, this.#node] = [own, way, settings.redisOptions];
    const { clusterRetryStrategy } = settings;
    this.options.clusterRetryStrategy = (times, reason) => {
      this.#failWaiting(times);
      return clusterRetryStrategy?.(times, reason);
    };
    const inner = innerOf(this);
    connectBy(inner.connectionPool, way.nodes, (address, readOnly) => this.#nodeAt(address, readOnly));
    inner.subscriber = new ClusterSubscriber(inner.connectionPool, this, ({ options }) => this.#subscriberAt(options));
    this.options.lazyConnect = lazyConnect;
    if (!lazyConnect) this.connect().catch(() => undefined);
  }

  override connect(callback?: Callback<void>): Promise<void> {
    innerOf(this).startupNodes = this.#way.nodes();
    return withCallback(
      super.connect().catch((error: unknown) => {
        throw safeError(error);
      }),
      callback,
    );
  }

  /** As of one connection. */
  end(): void {
    this.disconnect();
  }

  override sendCommand(command: Command, stream?: Stream, node?: unknown): unknown {
    // While there was no connection it has waited for longer than anybody waited for it.
    if (stream === undefined && hasEnded(command)) return command.promise;
    if (!this.#seal(command)) {
      const failed = withSafeFailure(command);
      // A pipeline listens to the command itself.
      if (stream !== undefined) failed.catch(() => undefined);
      return failed;
    }
    const refusal = stream === undefined ? refusals.get(command.name.toLowerCase()) : undefined;
    if (refusal !== undefined) {
      command.reject(new Error(refusal));
      return command.promise;
    }
    if (stream === undefined) noteEnd(command);
    noteSlot(command, node);
    limitTime(command, this.#node.commandTimeout);
    const sent = super.sendCommand(command, stream, node);
    this.#forgetEnded();
    return sent;
  }

  /** ioredis asks here what to do after each error that a command, or a whole transaction, ends in. */
  override handleError(error: Error, ttl: Ttl, handlers: Handlers): void {
    const outcome = this.#outcomeOf(error);
    if (outcome === "fails") {
      handlers.defaults();
    } else if (outcome === "again") {
      super.handleError(notNow, ttl, handlers);
    } else if (outcome === "unsent") {
      this.#afterLoss(error, ttl, handlers);
    } else if ((ttl.moves = (ttl.moves ?? 0) + 1) <= movesWithoutRest) {
      super.handleError(error, ttl, handlers);
    } else {
      setTimeout(() => {
        super.handleError(error, ttl, handlers);
      }, restMs);
    }
  }

  /** What waits for the cluster fails in its time as well, before it is a command. */
  override delayUntilReady(callback: Callback): void {
    let isOver = false;
    const end: Callback = (error, result) => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      callback(error, result);
    };
    const { commandTimeout } = this.#node;
    const timer =
      commandTimeout === undefined ? undefined : setTimeout(end, commandTimeout, new Error("Command timed out"));
    super.delayUntilReady(end);
  }

  override emit(event: string | symbol, ...rest: unknown[]): boolean {
    return super.emit(event, ...rest.map((each) => (event === "error" || isError(each) ? safeError(each) : each)));
  }

  /** By ioredis's own arguments for a cluster, of which the nodes are left out, and by those for one connection. */
  override duplicate(first?: object, options: object = {}): ReturnType<Cluster["duplicate"]> {
    const { redisOptions = {}, ...whole } = (Array.isArray(first) ? options : { ...first, ...options }) as Partial<
      ReturnType<typeof clusterSettings>
    >;
    return new DiscreetCluster({ ...this.#own, ...(whole as ClusterOwnOptions), ...redisOptions }, this.#way);
  }

  /** As of one connection: the keys of all primaries. */
  scanStream(options?: ScanStreamOptions): ScanStream {
    return scanAll(this, "scan", options);
  }

  scanBufferStream(options?: ScanStreamOptions): ScanStream {
    return scanAll(this, "scanBuffer", options);
  }

  monitor(callback?: Callback<Redis>): Promise<Redis> {
    return refuseMonitor(callback);
  }

  [inspect.custom](): string {
    return `connect() ${JSON.stringify(this)}`;
  }

  toJSON(): object {
    return { status: this.status, nodes: this.nodes().length, username: this.#way.username };
  }

  #nodeAt(address: Address, readOnly: boolean): Redis {
    const goesOn = (): boolean => this.status === "ready" && this.#goesOn();
    return new NodeClient({ ...this.#optionsOf(address), readOnly }, goesOn, this.#watched);
  }

  #optionsOf({ host, port }: Pick<OwnOptions, "host" | "port">): OwnOptions {
    const { username, password, Connector } = this.#way;
    return { ...this.#node, host, port, username, password, Connector, lazyConnect: true };
  }

  #subscriberAt(node: OwnOptions): Redis {
    const connectionName = ["ioredis-cluster(subscriber)", this.#node.connectionName].filter(Boolean).join(":");
    return new DiscreetRedis({ ...this.#optionsOf(node), connectionName, retryStrategy: null });
  }

  /** The slot is that of a key, which nothing shows after that. */
  #seal(command: Command): boolean {
    if ((command.reject as unknown) !== undefined) {
      command.getSlot();
      dropMissing(command as unknown as WithKeys);
      Object.defineProperty(command, "keys", { enumerable: false });
    }
    return sealCommand(command, { path: "the cluster", blocking: this.#node.blocking });
  }

  /** A part of a pipeline is sent again by itself, whatever became of the others: ioredis sends all again, or none. */
  #redirectAlone(command: Command): void {
    const { reject } = command;
    command.reject = (error) => {
      if (this.#outcomeOf(error) === "fails") {
        reject.call(command, error);
        return;
      }
      command.reject = reject;
      delete command.pipelineIndex;
      this.sendCommand(command);
    };
  }

  #outcomeOf(error: { message: string }): Outcome {
    const outcome = outcomeOf(error, this.#own.reconnectOnError);
    if (outcome === "look") this.refreshSlotsCache();
    return outcome === "look" || (outcome === "unsent" && !this.#goesOn()) ? "fails" : outcome;
  }

  #afterLoss(error: Error, ttl: Ttl, handlers: Handlers): void {
    const { maxRetriesPerRequest: most } = this.#node;
    ttl.losses = (ttl.losses ?? 0) + 1;
    if (typeof most === "number" && most >= 0 && ttl.losses > most) {
      handlers.maxRedirections(new Error(noConnection(most)));
    } else {
      super.handleError(this.status === "ready" ? error : notNow, ttl, handlers);
    }
  }

  #goesOn(): boolean {
    return this.status !== "end" && innerOf(this).manuallyClosing !== true;
  }

  /** As one connection has it, whose attempts are counted in the same way. */
  #failWaiting(attempt: number): void {
    const { maxRetriesPerRequest: most } = this.#node;
    if (typeof most !== "number" || most < 0 || attempt % (most + 1) !== 0) return;
    innerOf(this).flushQueue(new Error(noConnection(most)));
  }

  #forgetEnded(): void {
    const { offlineQueue } = innerOf(this);
    for (let first = offlineQueue.peekFront(); first !== undefined; first = offlineQueue.peekFront()) {
      if (!hasEnded(first.command)) return;
      offlineQueue.shift();
    }
  }
}

/** With this, ioredis refreshes what it knows and sends a command again in a moment. */
const notNow = new Error("CLUSTERDOWN");

/** What has no meaning where each key is at a node of its own. */
const refusals: ReadonlyMap<string, string> = new Map([
  ["multi", noSingleParts],
  ["ssubscribe", noShardChannels],
  ["sunsubscribe", noShardChannels],
]);

interface WithKeys {
  readonly args: unknown[];
  readonly keys?: unknown[];
}

/**
 * Where a call has fewer keys than its command, ioredis makes an argument of each that is missing, and ends the process when it writes it.
 * Redis says what is missing.
 */
function dropMissing({ args, keys = [] }: WithKeys): void {
  for (const list of [args, keys]) while (list.length > 0 && list.at(-1) === undefined) list.pop();
}

/** ASKING is what ioredis itself sends before one: Redis takes it then, whose slot is on its way there. */
const partsOfTransactions = new Set(["asking", "multi", "exec", "discard"]);

function isOfTransaction({ name, inTransaction }: Command): boolean {
  return inTransaction || partsOfTransactions.has(name.toLowerCase());
}
