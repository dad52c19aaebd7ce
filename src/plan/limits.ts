import { shardRange } from "./cluster";
import { placesPerShard } from "./placement";

/**
 * How much a host lends to whom. A limit protects the others: a client that goes beyond it is refused or cut, and what
 * the other clients have, and the host, stay as they are.
 */

const mebibyte = 1024 ** 2;

/** Of both directions through a tunnel, handshakes included. */
const mostConnections = 9000;

/** What one host can have as long as there is room: two thirds, so that one that floods the port does not fill it. */
const oneHostsConnections = (mostConnections * 2) / 3;

/** The largest value, and the largest argument of a command: a FHIR bundle or a scan's preview, not a file store. */
const largestValueBytes = 32 * mebibyte;

/** What Redis keeps for one client at most. */
export interface ClientBuffers {
  /** What a client may have sent of commands that are not complete; MULTI counts as one. */
  readonly queryBufferBytes: number;
  /** Answers that a client has asked for and doesn't take: so much at once, or less for so long, and it is cut. */
  readonly outputBuffer: { readonly mostBytes: number; readonly lastingBytes: number; readonly seconds: number };
}

/** They grow with the largest value, and don't shrink with it: many small values need room as well. */
export function clientBuffers(valueBytes: number): ClientBuffers {
  const bytes = Math.max(valueBytes, largestValueBytes);
  return { queryBufferBytes: 2 * bytes, outputBuffer: { mostBytes: 4 * bytes, lastingBytes: 2 * bytes, seconds: 60 } };
}

/**
 * What Redis keeps to (redis.conf). It counts the buffers of its clients to the memory that it may use, and cuts
 * clients beyond `clientMemoryPercent` of it. Names that a client subscribes to or watches count to `memoryPercent` alone, for
 * as long as it is connected.
 */
export const redisLimits = {
  /**
   * Of the machine's memory by default, for keys and all else that Redis counts; beyond it keys are evicted. The rest is for
   * the tunnel and the system: PHI is never pushed out of memory.
   */
  memoryPercent: 50,
  /**
   * Of the machine's memory by default, for Redis's unit: what its allocator can't give back and what a script holds, which
   * Redis doesn't count, come on top. Beyond it the kernel ends Redis alone, which begins anew.
   */
  unitMemoryPercent: 65,
  /** When the whole machine runs out of memory, Redis is ended first: a cache is made anew, a way in and an audit aren't. */
  oomScoreAdjust: 500,
  /** Of that, for all buffers of all clients together; beyond it the client with the largest is cut. */
  clientMemoryPercent: 10,
  /**
   * As many as the tunnel takes, and places for the node's agent and the tunnel's own check beside them: who holds all that
   * clients can have keeps neither out. One more gets `ERR max number of clients reached`.
   */
  clients: mostConnections + 32,
  /** By default. A larger one gets `ERR Protocol error: invalid bulk length` and is cut before the value is read. */
  largestValueBytes,
  ...clientBuffers(largestValueBytes),
  /** The same for messages that a subscriber doesn't take, which nobody waits for: Redis's own default. */
  subscriberBuffer: { mostBytes: 32 * mebibyte, lastingBytes: 8 * mebibyte, seconds: 60 },
  /** How many connections may wait to be taken: Redis's own default. */
  waitingConnections: 511,
  /** Its working folder is a file system of its own with a socket and two small files in it. */
  folderBytes: mebibyte,
  /** Redis's own threads, and the script before it. */
  tasks: 64,
} as const;

/** What a tunnel keeps to, on either host. It takes fewer connections than Redis does. */
export const tunnelLimits = {
  /** stunnel closes one more at once; HAProxy lets it wait until there is a place. */
  connections: mostConnections,
  /**
   * stunnel takes 125 connections for 256 files (its `max_clients`), so these are exactly as many as above. HAProxy needs
   * two a connection and a few of its own.
   */
  openFiles: (mostConnections * 256) / 125,
  /** In a cluster each node that there can be has two near ends beside these, or HAProxy would not start. */
  openFilesInCluster: (mostConnections * 256) / 125 + 2 * shardRange.most * placesPerShard,
  /**
   * Of the machine's memory; where it is less than so many connections take (stunnel 125 KB each, HAProxy 26), the tunnel is
   * ended and begun anew, and Redis keeps what it has.
   */
  memoryPercent: 25,
  /** A thread a connection with stunnel, and a few of its own. */
  tasks: mostConnections + 1000,
  /** From one app host to a node. One more is answered with a TCP reset. */
  connectionsFromOneHost: oneHostsConnections,
  /**
   * Once so many are there in all, each host gets but a sixth of the places that were left, so that few hosts together do not fill
   * the port either. What a host has it keeps.
   */
  crowd: {
    connections: oneHostsConnections,
    connectionsFromOneHost: (mostConnections - oneHostsConnections) / 6,
  },
} as const;

/** The same for Sentinel's port, which applications ask when they connect and then no more. */
export const sentinelLimits: Pick<typeof tunnelLimits, "connectionsFromOneHost" | "crowd"> = {
  connectionsFromOneHost: 200,
  crowd: { connections: 400, connectionsFromOneHost: 20 },
};

/**
 * What may be chosen for Redis, of the machine's memory. With less than a tenth of it, the buffers of all clients together are
 * less than one command may have on the default instance. With more than this, the tunnel is left too little for its connections.
 */
export const memoryPercentRange = { least: 10, most: 60 } as const;

/** The same with replicas: one that holds data and takes a whole copy has both for a while (redis.conf, "repl-diskless-load"). */
export const replicatedMemoryPercentRange = { least: 10, most: 36, standard: 35 } as const;

/** What Redis gets where nothing else is said. */
export function defaultMemoryPercent(hasReplicas: boolean): number {
  return hasReplicas ? replicatedMemoryPercentRange.standard : redisLimits.memoryPercent;
}

/** What is left to the system when Redis's unit and the tunnel have all of theirs. */
const systemMemoryPercent = 10;

/** With replicas, what the allocator, the backlog and buffers take beside two copies. */
const onTopOfCopiesPercent = 6;

/** What each unit of a node may have of the machine's memory. */
export interface MemoryPercents {
  readonly redisUnit: number;
  readonly tunnel: number;
}

/**
 * Redis's unit has three tenths beyond what Redis counts, and never less than by default; the tunnel gives way to it, since it
 * needs a fraction of its share on all but the smallest machines.
 */
export function memoryPercents(redisPercent: number, hasReplicas = false): MemoryPercents {
  const { memoryPercent, unitMemoryPercent } = redisLimits;
  const copies = hasReplicas ? 2 * redisPercent + onTopOfCopiesPercent : 0;
  const redisUnit = Math.max(unitMemoryPercent, Math.ceil((redisPercent * unitMemoryPercent) / memoryPercent), copies);
  return { redisUnit, tunnel: Math.min(tunnelLimits.memoryPercent, 100 - systemMemoryPercent - redisUnit) };
}

/** What may be chosen for the largest value: from Redis's own least on to its own default (redis.conf, "proto-max-bulk-len"). */
export const valueBytesRange = { least: mebibyte, most: 512 * mebibyte } as const;

/** A number of bytes in words. */
export function bytesInWords(bytes: number): string {
  return bytes % mebibyte === 0 ? `${bytes / mebibyte} MiB` : `${bytes} bytes`;
}

/** How many hosts it takes at least to have so many connections together. */
export function hostsThatFill(connections: number): number {
  const { connectionsFromOneHost, crowd } = tunnelLimits;
  const beyond = Math.max(0, connections - Math.max(connectionsFromOneHost, crowd.connections));
  return 1 + Math.ceil(beyond / crowd.connectionsFromOneHost);
}

/** Redis wants 32 files beside those of its clients (redis.conf, "maxclients"); the rest is headroom. */
export const redisOpenFiles = redisLimits.clients + 240;
