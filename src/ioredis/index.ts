import { dirname } from "node:path";
import { Cluster, type Redis, type RedisOptions } from "ioredis";
import { BatchingConnector } from "./batchingConnector";
import type { WholeClusterOptions } from "./clusterSettings";
import { readConnection, readText, type SingleRecord } from "./connectionRecord";
import { DiscreetRedis } from "./discreetRedis";
import { withFreshPassword } from "./freshPassword";
import { keepTimerLists } from "./keepTimerLists";
import { nodeConnector } from "./nodeConnector";
import { openCluster } from "./openCluster";
import { withDefaults } from "./ownOptions";

export { patient } from "./patient";

/** What ioredis asks Sentinels by: connect() has a way of its own, which nothing that they answer ends. */
type OfOwnSentinels =
  | "sentinels"
  | "name"
  | "failoverDetector"
  | "sentinelRetryStrategy"
  | "sentinelReconnectStrategy"
  | "sentinelCommandTimeout"
  | "sentinelMaxConnections"
  | "sentinelUsername"
  | "sentinelPassword"
  | "sentinelTLS"
  | "enableTLSForSentinelMode"
  | "preferredSlaves"
  | "updateSentinels"
  | "natMap";

/** Options of {@link connect}: ioredis's own, but for what the connection file decides, and what shows others' values. */
export interface ConnectOptions
  extends
    Omit<
      RedisOptions,
      | "host"
      | "port"
      | "path"
      | "password"
      | "username"
      | "tls"
      | "monitor"
      | "himportFieldsets"
      | "role"
      | OfOwnSentinels
    >,
    WholeClusterOptions {
  /**
   * The connection file that `HipaaRedisClient` has laid down. By default the path in the environment variable
   * `HIPAA_REDIS_CONNECTION`, else `/etc/hipaa-redis/connection.json`.
   */
  readonly connectionFile?: string;
  /**
   * Whether commands of this connection wait at the cache (BLPOP, BZPOPMIN, BLMOVE, XREAD with BLOCK …), as a queue's worker
   * has them. Then no command has a time limit (no `commandTimeout`), and commands wait for the cache however long it is away
   * (`maxRetriesPerRequest: null`). Silence is noticed all the same: a connection without an answer is given up
   * `socketTimeout` (by default 2 s) after the time for which the command said that it would wait, and the command fails.
   * One that waits for ever (0) is given up when the tunnel closes the connection. Whatever comes behind a command that waits
   * waits too: give such commands a connection of their own. By default false: a command fails within half a second.
   *
   * @default false
   * @example true
   */
  readonly blocking?: boolean;
  /**
   * Which node of a cache with replicas is meant, in ioredis's own words: the primary (`"master"`), or one of the replicas (`"slave"`), for
   * reads that may be some milliseconds old. A replica is one that a majority of the Sentinels finds following the primary. A write on
   * it fails with `READONLY`. A cache without replicas has but the one node for either. In a cluster it is about reads alone
   * (ioredis's `scaleReads`): a write goes to the key's primary, and a read too where that has no replica.
   *
   * @default "master"
   * @example "slave"
   */
  readonly role?: "master" | "slave";
}

/**
 * A configured ioredis client of the cache, through the host's own tunnel: by its Unix socket, or by 127.0.0.1 where the host's user
 * data is older than the socket. Call it as the application's Unix user. In a container, mount the folder `/run/hipaa-redis/client`
 * and name the connection file in it (docs/tunnel.md).
 *
 * Commands of one turn of the event loop go out together, in order; one that comes alone goes out at once. A command
 * fails within half a second rather than wait for a tunnel or cache that is silent (it may still be carried out, as
 * with every timeout), and the client is back by itself within 300 ms of them. Every setting can be given another value
 * by ioredis's own options. Commands that wait at the cache (BLPOP, XREAD with BLOCK) need `blocking: true`.
 *
 * A command that was sent on a connection which is lost before the answer comes fails, and is not sent again: it may have
 * been carried out (docs/errors.md). Commands that wait for a connection are sent when there is one.
 *
 * No value, key or password is in an error, however it comes out, in a warning or in debug output: of a command there is
 * its name, the number of its arguments and the length of each (docs/errors.md). There is no `monitor()`.
 *
 * Of a cache with replicas the client is connected to the primary that a majority of all Sentinels names. When that is another, commands
 * fail within half a second until there is one, and are then answered again by themselves. A command that Redis refuses because it is no
 * primary any more (`READONLY`) has not been carried out: it goes to the new one. With {@link patient} the client waits instead of failing.
 *
 * Of a Redis Cluster it is an ioredis cluster, whose connections go to each node through the tunnel; {@link asCluster} is for what clusters
 * alone have. Its type is that of one connection all the same: the application's code is the same for each kind of cache. A command that
 * a node sends elsewhere (`MOVED`, `ASK`, `TRYAGAIN`, `CLUSTERDOWN`) has not been carried out: it goes there. Keys of one command or
 * transaction have to be in one slot (`{…}` in their names).
 *
 * A changed password is picked up at the next connection; until then the standing one goes on (docs/rotation.md).
 *
 * @throws Error when the connection file or the password can't be read, `HIPAA_REDIS_CONNECTION` is set but empty, or
 * `commandTimeout`, `socketTimeout` or `connectTimeout` is no whole number of milliseconds from 1 on, or `role` is neither of its words, with
 * the way out.
 */
export function connect(options: ConnectOptions = {}): Redis {
  const { connectionFile = fileOfEnvironment(), ...own } = options;
  const record = readConnection(connectionFile);
  if (record.schemaVersion !== 4) return toOne(record, own);
  // What a Redis has and a cluster has not is there as well, or is refused in words.
  return openCluster(connectionFile, record, own) as unknown as Redis;
}

/**
 * The cluster that a client of {@link connect} is, with what ioredis has of clusters alone (`nodes()`, `slots`); undefined where it is a
 * connection to one primary. Its commands need no difference.
 *
 * @example
 * for (const primary of asCluster(redis)?.nodes("master") ?? [redis]) console.log(await primary.dbsize());
 */
export function asCluster(redis: Redis): Cluster | undefined {
  const client: unknown = redis;
  return client instanceof Cluster ? client : undefined;
}

function toOne(record: SingleRecord, own: ConnectOptions): Redis {
  const { Connector, ...way } = wayOf(record);
  const redis = new DiscreetRedis({
    ...withDefaults(own),
    Connector: withFreshPassword(own.Connector ?? Connector, record.passwordFile),
    ...way,
    username: record.username,
    password: readText(record.passwordFile).trimEnd(),
  });
  redis.once("end", keepTimerLists([redis.options.commandTimeout, redis.options.socketTimeout]));
  return redis;
}

function fileOfEnvironment(): string {
  const path = process.env.HIPAA_REDIS_CONNECTION ?? "/etc/hipaa-redis/connection.json";
  if (path !== "") return path;
  throw new Error(
    "The environment variable HIPAA_REDIS_CONNECTION is set, but empty. Give it the path of the connection file, or " +
      "unset it: then /etc/hipaa-redis/connection.json is read.",
  );
}

interface Way extends Pick<RedisOptions, "host" | "port" | "path"> {
  readonly Connector: typeof BatchingConnector;
}

function wayOf(record: SingleRecord): Way {
  switch (record.schemaVersion) {
    case 1:
      return { Connector: BatchingConnector, host: record.host, port: record.port };
    case 2:
      return { Connector: BatchingConnector, path: record.path };
    case 3:
      // Until it knows better, a client is connected to none of the sockets there.
      return { Connector: nodeConnector(record), path: dirname(record.nodes[0]?.path ?? "/") };
  }
}
