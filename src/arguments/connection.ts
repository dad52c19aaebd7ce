/**
 * What a cache tells one of its clients: where it is, how to recognise it and where the client's credentials are.
 * Plain and serialisable: it can be a stack output and be read through a `StackReference`. It never holds a secret.
 */
export interface Connection {
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
  /** Where the nodes' tunnels listen, and the name in each one's certificate. */
  readonly nodes: readonly ConnectionNode[];
  /** The secret in AWS Secrets Manager with the client's certificate, private key and password. */
  readonly secretArn: string;
  /** The KMS key that the secret is encrypted under. */
  readonly kmsKeyArn: string;
}

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
}

/**
 * The node of a connection.
 *
 * @throws Error when it has none or several.
 */
export function onlyNode(connection: Connection): ConnectionNode {
  const [node, ...more] = connection.nodes;
  if (node === undefined || more.length > 0) {
    throw new Error(
      `The connection of client ${connection.client} has ${connection.nodes.length} nodes; this version takes exactly one.`,
    );
  }
  return node;
}
