import type { CacheArguments } from "../arguments/cacheArguments";
import { toDhcp, toMetadata } from "./amazonServices";
import type { Cidr } from "./cidr";
import { everyFirewall, isJudgedByHostAlone, type Flow, type NamedSecurityGroup } from "./flow";
import { sentinelLimits, tunnelLimits } from "./limits";
import { amongReplicas, amongShards, nodeFlows } from "./nodeFlows";
import { pathMtuFlows } from "./pathMtu";
import { httpsPort, redisPort, sentinelPort, sshPort } from "./ports";
import { toResolvers, toTimeServers } from "./servers";

type Given<Leaf> = Pick<
  CacheArguments<Leaf>,
  | "vpcCidrBlock"
  | "vpcSecondaryCidrBlocks"
  | "dnsServers"
  | "timeServers"
  | "appCidrBlocks"
  | "appSecurityGroupIds"
  | "clientSecurityGroups"
  | "clients"
  | "bastionCidrBlocks"
  | "bastionSecurityGroupIds"
  | "httpsEgressCidrBlocks"
  | "operators"
  | "replicas"
  | "shards"
>;

/**
 * The one list of what may pass between the nodes in these subnets and anything else in the network. With replicas or shards,
 * nodes in all of their subnets talk to each other.
 */
export function cacheFlows<Leaf>(
  given: Given<Leaf>,
  subnetCidrBlocks: readonly Cidr[],
  nodeCidrBlocks: readonly Cidr[] = subnetCidrBlocks,
): Flow<Leaf>[] {
  const { shards = 1, replicas = 0 } = given;
  const isCluster = shards > 1;
  const hasSentinels = !isCluster && replicas > 0;
  const callers = [
    fromApps(given),
    ...(hasSentinels ? [fromAppsToSentinel(given)] : []),
    ...(given.operators.length > 0 ? [fromBastions(given)] : []),
  ];
  const resolvers = toResolvers<Leaf>(given);
  // Amazon's resolver is in the VPC, whatever its address. HTTPS is no reason: servers of the internet say themselves how little they take.
  const large = [...callers, ...resolvers.filter((flow) => !isJudgedByHostAlone(flow))];
  return [
    ...callers,
    ...(hasSentinels ? nodeFlows<Leaf>(nodeCidrBlocks, amongReplicas) : []),
    ...(isCluster ? nodeFlows<Leaf>(nodeCidrBlocks, amongShards) : []),
    ...pathMtuFlows(given, large),
    toMetadata(),
    ...resolvers,
    ...toTimeServers<Leaf>(given),
    toDhcp(subnetCidrBlocks),
    toHttps(given),
  ];
}

function fromApps<Leaf>(given: Given<Leaf>): Flow<Leaf> {
  const { appCidrBlocks, appSecurityGroupIds, clientSecurityGroups, clients } = given;
  return {
    name: "apps-to-redis",
    direction: "ingress",
    judges: everyFirewall,
    protocols: ["tcp"],
    service: "redis",
    port: redisPort,
    peer: "Application hosts",
    cidrBlocks: appCidrBlocks,
    securityGroups: namedGroups(appSecurityGroupIds),
    ...(clientSecurityGroups === true ? { clientGroups: clients } : {}),
    limits: tunnelLimits,
    reason: "Application hosts reach Redis through the tunnel",
  };
}

/** They ask who the primary is. */
function fromAppsToSentinel<Leaf>(given: Given<Leaf>): Flow<Leaf> {
  return {
    ...fromApps(given),
    name: "apps-to-sentinel",
    port: sentinelPort,
    limits: sentinelLimits,
    reason: "Application hosts ask Sentinel, through the tunnel, which node is the primary",
  };
}

function fromBastions<Leaf>({ bastionCidrBlocks = [], bastionSecurityGroupIds }: Given<Leaf>): Flow<Leaf> {
  return {
    name: "bastions-to-ssh",
    direction: "ingress",
    judges: everyFirewall,
    protocols: ["tcp"],
    service: "ssh",
    port: sshPort,
    peer: "Bastion hosts",
    cidrBlocks: bastionCidrBlocks,
    securityGroups: namedGroups(bastionSecurityGroupIds),
    reason: "Operators sign in from the bastion hosts",
  };
}

function toHttps<Leaf>({ httpsEgressCidrBlocks = ["0.0.0.0/0"] }: Given<Leaf>): Flow<Leaf> {
  return {
    name: "node-to-https",
    direction: "egress",
    judges: everyFirewall,
    protocols: ["tcp"],
    service: "https",
    port: httpsPort,
    peer: "Secrets Manager, Debian mirrors",
    cidrBlocks: httpsEgressCidrBlocks,
    securityGroups: [],
    reason: "The node fetches its secret and Debian packages",
  };
}

function namedGroups<Leaf>(given: Readonly<Record<string, Leaf>> = {}): NamedSecurityGroup<Leaf>[] {
  return Object.entries(given).map(([name, id]) => ({ name, id }));
}
