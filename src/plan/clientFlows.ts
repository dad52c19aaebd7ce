import type { Cidr } from "./cidr";
import type { Flow, Judge } from "./flow";
import { fromRouters } from "./pathMtu";
import { httpsPort, sentinelPort } from "./ports";

/** Where an app host finds its cache: by the group of the cache's nodes, or from another VPC by the node's address. */
export type CacheToReach<Leaf, Port> = { readonly port: Port } & (
  { readonly securityGroupId: Leaf } | { readonly address: Leaf }
);

/**
 * What an app host's security group lets out, and from another VPC what its routers say of packets. The rest is its owner's to allow, its network ACL among that; the host's own
 * firewall lets all out but what the wall shuts (nftables.ts).
 */
export function clientFlows<Leaf, Port>(
  httpsEgressCidrBlocks: readonly Cidr[],
  cache: CacheToReach<Leaf, Port>,
): Flow<Leaf, Port | number>[] {
  const judges: readonly Judge[] = ["securityGroup"];
  const isElsewhere = "address" in cache;
  const ofHost = { direction: "egress", judges, protocols: ["tcp"] } as const;
  return [
    {
      ...ofHost,
      name: "app-to-cache",
      service: "redis",
      port: cache.port,
      peer: "The cache",
      cidrBlocks: [],
      ...(isElsewhere
        ? { securityGroups: [], hosts: [{ name: "cache", address: cache.address }] }
        : { securityGroups: [{ name: "cache", id: cache.securityGroupId }] }),
      reason: "The application reaches the cache through the tunnel",
    },
    // Whether there are replicas may be known only when the rules are made; without them nobody listens there.
    ...(isElsewhere ? [] : [toSentinel<Leaf>(cache.securityGroupId)]),
    {
      ...ofHost,
      name: "app-to-https",
      service: "https",
      port: httpsPort,
      peer: "Secrets Manager, Debian mirrors",
      cidrBlocks: httpsEgressCidrBlocks,
      securityGroups: [],
      reason: "The app host fetches its secret and Debian packages",
    },
    ...(isElsewhere ? [fromRouters("routers-to-app", ["securityGroup"])] : []),
  ];
}

function toSentinel<Leaf>(securityGroupId: Leaf): Flow<Leaf> {
  return {
    name: "app-to-sentinel",
    direction: "egress",
    judges: ["securityGroup"],
    protocols: ["tcp"],
    service: "redis",
    port: sentinelPort,
    peer: "The cache",
    cidrBlocks: [],
    securityGroups: [{ name: "cache", id: securityGroupId }],
    reason: "The application asks a cache with replicas, through the tunnel, which node is the primary",
  };
}
