/**
 * What a cache tells one of its clients: where it is, how to recognise it and where the client's credentials are.
 * Plain and serialisable: it can be a stack output and be read through a `StackReference`. It never holds a secret.
 */
export interface Connection<Node extends ConnectionNode = ConnectionNode> {
  /** The version of this record's form. */
  readonly schemaVersion: 1;
  /** The cache's name. */
  readonly cache: string;
  /** The client's name, as in the cache's `clients`. */
  readonly client: string;
  /** The AWS region of the cache and of the secret. */
  readonly region: string;
  /** The VPC that the cache is in. */
  readonly vpcId: string;
  /** The security group of the cache's nodes. */
  readonly securityGroupId: string;
  /** The security group for this client's hosts in that VPC, where the cache makes one (`clientSecurityGroups`). */
  readonly clientSecurityGroupId?: string;
  /** Where the nodes' tunnels listen, and the name in each one's certificate. None where there are shards: see `cluster`. */
  readonly nodes: readonly Node[];
  /** Where there are shards: what is the same however many there are. The client's hosts find the nodes themselves in their secret. */
  readonly cluster?: ConnectionCluster;
  /** Whether the nodes' tunnels take the hybrid key exchange alone (`requireHybridKeyExchange`); left out where they don't. */
  readonly requiresHybridKeyExchange?: boolean;
  /** The secret in AWS Secrets Manager with the client's certificate, private key and password. */
  readonly secretArn: string;
  /** The KMS key that the secret is encrypted under. */
  readonly kmsKeyArn: string;
}

/** What of a connection a cache in the same program knows by its arguments, when the rest is only known later. */
export type PlainConnection = Pick<Connection, "cache" | "nodes" | "cluster" | "requiresHybridKeyExchange">;

/** Where a client finds a node, and how it recognises it. */
export interface ConnectionNode {
  /** The node's name, such as `sessions-0`. */
  readonly name: string;
  /** Its private IPv4 address. */
  readonly address: string;
  /** The port that its tunnel listens on. */
  readonly port: number;
  /** The DNS name in its certificate, which clients check. */
  readonly serverName: string;
  /** Where there are replicas: the address on the loopback of the client's hosts by which Sentinel knows the node. */
  readonly loopbackAddress?: string;
  /** Where there are replicas: the port at which its tunnel leads to its Sentinel, where it has one. */
  readonly sentinelPort?: number;
}

/** Where a client finds the nodes of shards, so that one shard more changes none of its hosts. */
export interface ConnectionCluster {
  /** The networks that the nodes are in, or may come into. */
  readonly cidrBlocks: readonly string[];
  /** The port that their tunnels listen on. */
  readonly port: number;
  /** The network on the loopback of the client's hosts where each node has an address, by which Redis knows it. */
  readonly loopbackCidrBlock: string;
}

/** The connection of a cache with shards. */
export type ClusterConnection = Connection & Required<Pick<Connection, "cluster">>;

/** A node of a cache with replicas, as every connection with several nodes has them. */
export type ReplicatedNode = ConnectionNode & Required<Pick<ConnectionNode, "loopbackAddress">>;

/** Whether the cache of a connection has replicas. */
export function hasReplicas(connection: Pick<Connection, "nodes">): connection is Connection<ReplicatedNode> {
  return connection.nodes.length > 1;
}

/** Whether it has shards. */
export function hasShards(connection: Pick<Connection, "cluster">): connection is ClusterConnection {
  return connection.cluster !== undefined;
}
