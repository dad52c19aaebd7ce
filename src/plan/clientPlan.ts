import type { ClientArguments } from "../arguments/clientArguments";
import type { Cidr } from "./cidr";
import { defaultOperatingSystem, type OperatingSystem } from "./operatingSystem";
import { redisPort } from "./ports";
import { defaultRefreshIntervalSeconds } from "./refresh";
import { defaultTunnelEngine, type TunnelEngine } from "./tunnel";

/** Everything about an app host that doesn't depend on the cache that it connects to. */
export interface ClientPlan<Leaf = unknown> {
  readonly name: string;
  readonly appUser: string;
  /** Where its hosts are, if that is not simply the cache's VPC: from another one, the cache is known by its address alone. */
  readonly vpcId?: Leaf;
  /** Where the tunnel listens on 127.0.0.1, beside its Unix socket; and whether it does. */
  readonly localPort: number;
  readonly openLocalPort: boolean;
  /** How often the host looks for a new version of its secret. */
  readonly refreshIntervalSeconds: number;
  readonly tunnel: TunnelEngine;
  /** What the host runs. */
  readonly operatingSystem: OperatingSystem;
  /** Whether the host's image has the tunnel's packages already, so that user data installs none. */
  readonly imageHasPackages: boolean;
  /** The networks that it may open HTTPS connections to. */
  readonly httpsEgressCidrBlocks: readonly Cidr[];
  /** What the application is to AWS, where it is anything. */
  readonly appRole?: AppRolePlan<Leaf>;
  /** The caller's own, for every resource that takes tags. */
  readonly tags?: Readonly<Record<string, Leaf>>;
}

/** A role of the caller's, or one that is made of these policies. */
export type AppRolePlan<Leaf = unknown> =
  { readonly arn: Leaf } | { readonly policies: Readonly<Record<string, Leaf>> };

/** The arguments that do not depend on the cache. */
type OfHost<Leaf> = Omit<ClientArguments<Leaf, unknown>, "connection">;

/** Decides a client from arguments that have been found valid. */
export function planClient<Leaf>(name: string, given: OfHost<Leaf>): ClientPlan<Leaf> {
  return {
    name,
    appUser: given.appUser,
    ...(given.vpcId === undefined ? {} : { vpcId: given.vpcId }),
    localPort: given.localPort ?? redisPort,
    openLocalPort: given.openLocalPort ?? true,
    refreshIntervalSeconds: given.refreshIntervalSeconds ?? defaultRefreshIntervalSeconds,
    tunnel: given.tunnel ?? defaultTunnelEngine,
    operatingSystem: given.operatingSystem ?? defaultOperatingSystem,
    imageHasPackages: given.imageHasPackages ?? false,
    ...(given.appRoleArn === undefined ? {} : { appRole: { arn: given.appRoleArn } }),
    ...(given.appPolicies === undefined ? {} : { appRole: { policies: given.appPolicies } }),
    ...(given.tags === undefined ? {} : { tags: given.tags }),
    httpsEgressCidrBlocks: given.httpsEgressCidrBlocks ?? ["0.0.0.0/0"],
  };
}
