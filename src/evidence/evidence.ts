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
  readonly cache: string;
  /** The cache's arguments, without its tags. */
  readonly arguments: Omit<CacheArguments, "tags">;
  readonly deployed: Deployed;
}

/** What is only known once it is deployed. */
export interface Deployed {
  readonly region: string;
  readonly vpcId: string;
  readonly securityGroupId: string;
  readonly kmsKeyArn: string;
  readonly subnets: readonly { readonly name: string; readonly id: string }[];
  readonly nodes: readonly DeployedNode[];
  readonly clients: readonly { readonly name: string; readonly secretArn: string }[];
  /** The authorities that hosts trust, then the certificates of nodes and clients. */
  readonly certificates: readonly DeployedCertificate[];
}

export interface DeployedNode {
  readonly name: string;
  readonly instanceId: string;
  readonly privateIp: string;
  readonly imageId: string;
  readonly secretArn: string;
}

export interface DeployedCertificate {
  readonly name: string;
  /** RFC 3339, UTC. */
  readonly validFrom: string;
  readonly validUntil: string;
}
