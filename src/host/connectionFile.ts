/** All that an application needs of its host. */
export const clientFolder = "/run/hipaa-redis/client";

/** The tunnel's near end on an app host. */
export const clientSocket = `${clientFolder}/redis.sock`;

/** The near end of the way to a node's Redis, where there are several nodes; none of them is called `redis`. */
export function nodeSocket(node: string): string {
  return `${clientFolder}/${node}.sock`;
}

/** The near end of the way to a node's Sentinel. */
export function sentinelSocket(node: string): string {
  return `${clientFolder}/${node}.sentinel.sock`;
}

/** The near ends of the ways to the nodes of a cluster, which come and go while the host runs. */
export const clientNodesFolder = `${clientFolder}/nodes`;

/** The near end of the way to a node of a cluster. */
export function clusterNodeSocket(node: string): string {
  return `${clientNodesFolder}/${node}.sock`;
}

const anySocket = new RegExp(`^${clientFolder}/(nodes/)?[a-z][a-z0-9-]*(\\.sentinel)?\\.sock$`);

/** Whether a path is that of one of these. */
export function isClientSocket(path: string): boolean {
  return anySocket.test(path);
}

/** The record on an app host that the application's helper reads: the near end of the tunnel, and where the password is. */
export interface ConnectionFile {
  readonly schemaVersion: 2;
  readonly cache: string;
  readonly client: string;
  /** The tunnel's Unix socket. */
  readonly path: string;
  /** The same by TCP, for clients that know no sockets; left out where the port is not open. */
  readonly host?: "127.0.0.1";
  readonly port?: number;
  /** The client's name, which is its user in Redis. */
  readonly username: string;
  readonly passwordFile: string;
}

/** As hosts have it whose user data was made before there was a socket. */
export type ConnectionFileByPort = Required<Omit<ConnectionFile, "schemaVersion" | "path">> & {
  readonly schemaVersion: 1;
};

/** The same where the cache has replicas: a way to each node, and to the Sentinels that know which of them is the primary. */
export interface ReplicatedConnectionFile extends Pick<
  ConnectionFile,
  "cache" | "client" | "username" | "passwordFile"
> {
  readonly schemaVersion: 3;
  /** What Sentinel calls the nodes together. */
  readonly sentinelName: string;
  readonly nodes: readonly ConnectionFileNode[];
}

export interface ConnectionFileNode {
  readonly name: string;
  /** What Sentinel calls the node: its address on this host's loopback. */
  readonly address: string;
  /** The Unix socket of the way to its Redis. */
  readonly path: string;
  /** That of the way to its Sentinel; left out where it has none. */
  readonly sentinelPath?: string;
  /** The same by TCP, at its address, for clients that know no sockets; left out where the ports are not open. */
  readonly port?: number;
  readonly sentinelPort?: number;
}

/** The same of a Redis Cluster: a way to each node, and Redis itself says which of them has a key. */
export interface ClusterConnectionFile extends Pick<ConnectionFile, "cache" | "client" | "username" | "passwordFile"> {
  readonly schemaVersion: 4;
  readonly nodes: readonly ClusterConnectionFileNode[];
}

/** Its address is what the cluster calls the node. */
export type ClusterConnectionFileNode = Pick<ConnectionFileNode, "name" | "address" | "path" | "port">;
