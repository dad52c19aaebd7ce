/** Of Redis 7.0 on a 64-bit machine: a message without what it tells of others, and what it tells of each (cluster.h, clusterMsg). */
const headBytes = 2256;
const entryBytes = 104;
const leastEntries = 3;

/** How large a message of the bus is, which tells of a tenth of the nodes (cluster.c, clusterSendPing). */
export function messageBytes(nodes: number): number {
  const entries = Math.min(Math.max(leastEntries, Math.floor(nodes / 10)), nodes - 2);
  return headBytes + entryBytes * entries;
}

/**
 * How many bytes a second a node sends while nothing happens: it asks each other node as often as half of the time after which silence
 * counts (cluster.c, clusterCron), and answers each that asks.
 */
export function bytesSentBySecond(nodes: number, nodeTimeoutMs: number): number {
  return 2 * (nodes - 1) * (1000 / (nodeTimeoutMs / 2)) * messageBytes(nodes);
}
