import type { Redis } from "ioredis";
import type { Address, ClusterPool } from "./clusterPool";

/**
 * Has ioredis connect to the nodes of a cluster by clients that are made here: its own would not go through the tunnel, and would show
 * what they are sent. They connect when they are first used. Nodes to which there is no way (yet) are none to choose from.
 */
export function connectBy(
  pool: ClusterPool,
  known: () => readonly Address[],
  make: (address: Address, readOnly: boolean) => Redis,
): void {
  const reset = pool.reset.bind(pool);
  pool.reset = (nodes) => {
    const hosts = new Set(nodes.length === 0 ? [] : known().map(({ host }) => host));
    reset(nodes.filter(({ host }) => hosts.has(host)));
  };
  pool.findOrCreate = (address, readOnly = false) => {
    const key = `${address.host}:${address.port}`;
    const standing = pool.nodes.all[key];
    if (standing !== undefined) {
      if (standing.options.readOnly !== readOnly) changeRole(pool, key, standing, readOnly);
      return standing;
    }
    const made = make(address, readOnly);
    pool.nodes.all[key] = made;
    pool.nodes[roleOf(readOnly)][key] = made;
    made.once("end", () => {
      letGo(pool, key, made);
    });
    pool.emit("+node", made, key);
    made.on("error", (error) => pool.emit("nodeError", error, key));
    return made;
  };
}

function changeRole(pool: ClusterPool, key: string, redis: Redis, readOnly: boolean): void {
  redis.options.readOnly = readOnly;
  Reflect.deleteProperty(pool.nodes[roleOf(!readOnly)], key);
  pool.nodes[roleOf(readOnly)][key] = redis;
  // One that is not connected begins with it.
  if (redis.status !== "wait") redis[readOnly ? "readonly" : "readwrite"]().catch(() => undefined);
}

/** Another may have taken its place by then. */
function letGo(pool: ClusterPool, key: string, redis: Redis): void {
  const standing = pool.nodes.all[key];
  if (standing !== undefined && standing !== redis) return;
  pool.removeNode(key);
  pool.emit("-node", redis, key);
  if (pool.getNodes().length === 0) pool.emit("drain");
}

function roleOf(readOnly: boolean): "slave" | "master" {
  return readOnly ? "slave" : "master";
}
