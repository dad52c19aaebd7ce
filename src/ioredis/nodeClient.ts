import type { Command, RedisOptions } from "ioredis";
import { DiscreetRedis } from "./discreetRedis";
import { hasEnded } from "./ended";
import type { OwnOptions } from "./ownOptions";
import { withSoundView } from "./soundView";
import type { Watched } from "./watched";
import { failUnanswered, failUnansweredTransactions } from "./unanswered";

type Stream = Parameters<DiscreetRedis["sendCommand"]>[1];

/**
 * A cluster's connection to one of its nodes. ioredis makes another one when it is lost, and sends there all that failed with
 * "Connection is closed."; so only what has not been sent fails with that.
 */
export class NodeClient extends DiscreetRedis {
  readonly #clusterGoesOn: () => boolean;
  readonly #retryStrategy: RedisOptions["retryStrategy"];
  #isLeaving = false;

  constructor(options: OwnOptions, clusterGoesOn: () => boolean, watched: Watched) {
    super(options, watched);
    this.#clusterGoesOn = clusterGoesOn;
    this.#retryStrategy = options.retryStrategy;
    // ioredis asks before it fails what is left: a lost connection is not made again.
    this.options.retryStrategy = () => {
      if (options.autoResendUnfulfilledCommands === true) failUnansweredTransactions(this);
      else failUnanswered(this);
      return null;
    };
  }

  override sendCommand(command: Command, stream?: Stream): unknown {
    // It has waited for its node for so long that nobody waits for it any more. Pipelines are sent as they are.
    if (stream === undefined && hasEnded(command)) return command.promise;
    const sent = super.sendCommand(command, stream);
    // ioredis listens to neither of them.
    if (command.name === "asking") command.promise.catch(() => undefined);
    if (sent !== command.promise && sent instanceof Promise) sent.catch(() => undefined);
    return sent;
  }

  /** One that has lost its slots stays until it has answered what it was sent, while ioredis goes on without it. */
  override disconnect(reconnect = false): void {
    const isBusy = this.status === "ready" && this.commandQueue.length > 0;
    if (reconnect || this.#isLeaving || !isBusy || !this.#clusterGoesOn()) {
      super.disconnect(reconnect);
      return;
    }
    this.#isLeaving = true;
    this.stream.on("data", () => {
      if (this.commandQueue.length === 0) super.disconnect();
    });
  }

  /** ioredis makes one to ask for all nodes and their slots; what the application makes is a client of its own, which connects anew. */
  override duplicate(override?: Partial<RedisOptions>): ReturnType<DiscreetRedis["duplicate"]> {
    const copy = super.duplicate({ retryStrategy: this.#retryStrategy, ...override });
    return override?.connectionName?.startsWith("ioredis-cluster(refresher)") === true ? withSoundView(copy) : copy;
  }
}
