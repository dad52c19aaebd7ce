import type { CacheArguments } from "../arguments/cacheArguments";

/**
 * What a compliance report is made of: the arguments as they were given, and what AWS made from them. It is plain and holds no
 * secret, so it can be a stack output. `assess` and the functions that write the report read it.
 */
export interface Evidence {
  /** The version of this record's form. */
  readonly schemaVersion: 1;
  /** The version of this library that deployed the cache. The same version has to write the report. */
  readonly libraryVersion: string;
  /** The cache's name. */
  readonly cache: string;
  /** The cache's arguments, without its tags. */
  readonly arguments: Omit<CacheArguments, "tags">;
  /** What AWS made of it. */
  readonly deployed: Deployed;
}

/** What is only known once it is deployed. */
export interface Deployed {
  /** The AWS region. */
  readonly region: string;
  /** The VPC that the cache is in. */
  readonly vpcId: string;
  /** The security group of the nodes. */
  readonly securityGroupId: string;
  /** The KMS key of the secrets and root volumes. */
  readonly kmsKeyArn: string;
  /** The cache's own subnets. */
  readonly subnets: readonly { readonly name: string; readonly id: string }[];
  /** The cache's hosts. */
  readonly nodes: readonly DeployedNode[];
  /** Each client. */
  readonly clients: readonly DeployedClient[];
  /** The authorities that hosts trust, then the certificates of nodes and clients. */
  readonly certificates: readonly DeployedCertificate[];
}

/** A host of the cache. */
export interface DeployedNode {
  /** The node's name. */
  readonly name: string;
  /** The id of its EC2 instance. */
  readonly instanceId: string;
  /** Its private IPv4 address. */
  readonly privateIp: string;
  /** The AMI that it was made from. */
  readonly imageId: string;
  /** When that was made, of Debian's own (RFC 3339, UTC); left out of an image of your own. */
  readonly imageCreated?: string;
  /** The one secret that it reads. */
  readonly secretArn: string;
}

/** An application that may use the cache. */
export interface DeployedClient {
  /** The client's name. */
  readonly name: string;
  /** The one secret that its hosts read. */
  readonly secretArn: string;
  /** The security group by which they are let in, where the cache has `clientSecurityGroups`. */
  readonly securityGroupId?: string;
}

/** A certificate, without its key. */
export interface DeployedCertificate {
  /** Its name, such as `sessions-0-server`. */
  readonly name: string;
  /** RFC 3339, UTC. */
  readonly validFrom: string;
  /** RFC 3339, UTC. */
  readonly validUntil: string;
  /** Of an authority: the SHA-256 of its public key (PEM, RFC 7468), in hexadecimal. */
  readonly publicKeySha256?: string;
}
