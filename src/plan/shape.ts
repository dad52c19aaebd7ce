import type { RotationShape } from "./rotation";
import type { TunnelEngine } from "./tunnel";
import type { ValidityShape } from "./validity";

/**
 * What decides the shape of a cache: how many resources, where, for whom. Always plain values, so that
 * `pulumi preview` knows every resource. The public argument types add the leaves, which may be inputs.
 */
export interface CacheShape {
  readonly vpcId?: unknown;
  readonly vpcCidrBlock: string;
  readonly subnets: readonly SubnetShape[];
  readonly appCidrBlocks: readonly string[];
  readonly appSecurityGroupIds?: readonly unknown[];
  readonly bastionCidrBlocks?: readonly string[];
  readonly bastionSecurityGroupIds?: readonly unknown[];
  readonly httpsEgressCidrBlocks?: readonly string[];
  readonly operators: readonly OperatorShape[];
  readonly operatorIdleLogoffMinutes?: number;
  readonly securityUpdateWindow?: string;
  readonly clients: readonly string[];
  readonly secretAdministratorArns?: readonly unknown[];
  readonly rotation?: RotationShape;
  readonly certificates?: ValidityShape;
  readonly refreshIntervalSeconds?: number;
  readonly tunnel?: TunnelEngine;
  readonly instanceType?: string;
  readonly imageId?: unknown;
  readonly imageHasPackages?: boolean;
  readonly allowSharedTenancy?: boolean;
  readonly allowScripting?: boolean;
}

export interface SubnetShape {
  readonly availabilityZone: string;
  readonly cidrBlock: string;
  readonly natGatewayId?: unknown;
}

export interface OperatorShape {
  readonly name: string;
  readonly sshPublicKey: string;
}
