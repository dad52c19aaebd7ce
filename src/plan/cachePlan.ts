import type { CacheArguments, OperatorArguments } from "../arguments/cacheArguments";
import { clientCertificate, serverCertificate, type CertificatePlan } from "./certificates";
import type { Cidr } from "./cidr";
import { defaultClusterLoopbackCidrBlock, planCluster, type ClusterPlan } from "./cluster";
import { lockedCommands, type LockedCommand } from "./commands";
import { defaultEngine, engineVersion, type Engine } from "./engine";
import { defaultEvictionPolicy, type EvictionPolicy } from "./eviction";
import type { Flow } from "./flow";
import { cacheFlows } from "./flows";
import { debianImage, type DebianImage } from "./image";
import { defaultInstanceType } from "./instance";
import { inRedisOrder, noKeyspaceEvents } from "./keyspaceEvents";
import { defaultMemoryPercent, redisLimits } from "./limits";
import { nodeNetworks, places, shardNodeName, shardPlaces } from "./placement";
import { networkAclEntries, type NetworkAclEntry } from "./networkAcl";
import { defaultOperatingSystem, type OperatingSystem } from "./operatingSystem";
import { redisPort } from "./ports";
import { defaultRefreshIntervalSeconds } from "./refresh";
import { defaultLoopbackCidrBlock, planReplication, type ReplicationPlan } from "./replication";
import { planRotation, type RotationPlan } from "./rotation";
import { securityGroupRules, type SecurityGroupRule } from "./securityGroup";
import { timeServers } from "./servers";
import { defaultTunnelEngine, type TunnelEngine } from "./tunnel";
import { defaultSecurityUpdateWindow } from "./updateWindow";
import { planValidity, type ValidityPlan } from "./validity";

/** Everything that a cache is, decided before any resource is made. Resources, files and tests only render it. */
export interface CachePlan<Leaf = unknown> {
  readonly name: string;
  readonly vpcId: Leaf;
  readonly vpcCidrBlock: Cidr;
  readonly vpcSecondaryCidrBlocks: readonly Cidr[];
  readonly subnets: readonly SubnetPlan<Leaf>[];
  readonly nodes: readonly NodePlan<Leaf>[];
  /** How the nodes find each other, where there are replicas and no shards. */
  readonly replication?: ReplicationPlan;
  /** The same where there are shards. */
  readonly cluster?: ClusterPlan;
  readonly clients: readonly ClientCertificatePlan[];
  readonly operators: readonly OperatorArguments[];
  /** A session in which an operator has done nothing for so long is ended. */
  readonly operatorIdleLogoffMinutes: number;
  /** When security updates begin to be installed, in UTC (systemd.time(7)). */
  readonly securityUpdateWindow: string;
  /** What may pass between the nodes and anything else, in one list. */
  readonly flows: readonly Flow<Leaf>[];
  /** What the nodes' clocks follow. */
  readonly timeServers: readonly string[];
  readonly networkAclEntries: readonly NetworkAclEntry[];
  readonly securityGroupRules: readonly SecurityGroupRule<Leaf>[];
  /** Whether each client has a security group in the cache's VPC, by which its hosts are let in. */
  readonly clientSecurityGroups: boolean;
  readonly lockedCommands: readonly LockedCommand[];
  /** Who may read and change the secrets beside the hosts; nobody in particular where there are none. */
  readonly secretAdministratorArns: readonly Leaf[];
  readonly rotation: RotationPlan;
  readonly validity: ValidityPlan;
  /** How often hosts look for a new version of their secret. */
  readonly refreshIntervalSeconds: number;
  readonly tunnel: TunnelEngine;
  readonly tenancy: "dedicated" | "default";
  readonly instanceType: string;
  /** What the nodes run. */
  readonly operatingSystem: OperatingSystem;
  /** Whether the tunnels take the hybrid key exchange alone. */
  readonly requireHybridKeyExchange: boolean;
  /** What holds the values. */
  readonly engine: Engine;
  /** The caller's own, or Debian's. */
  readonly image: { readonly id: Leaf } | DebianImage;
  /** Whether the image has the packages already, so that the node installs none. */
  readonly imageHasPackages: boolean;
  /** What Redis does when its memory is full. */
  readonly evictionPolicy: EvictionPolicy;
  /** Which events of keys it tells to who subscribes, in its own letters and order; none when empty. */
  readonly keyspaceEvents: string;
  /** Of the machine's memory, for Redis. */
  readonly maxMemoryPercent: number;
  /** The largest value. */
  readonly maxValueBytes: number;
  /** The caller's own, for every resource that takes tags. */
  readonly tags?: Readonly<Record<string, Leaf>>;
}

export interface SubnetPlan<Leaf = unknown> {
  readonly name: string;
  readonly availabilityZone: string;
  readonly cidrBlock: Cidr;
  /** Its way out of the VPC, where it has one. */
  readonly natGatewayId?: Leaf;
}

/** One cache host. */
export interface NodePlan<Leaf = unknown> {
  readonly name: string;
  readonly subnet: SubnetPlan<Leaf>;
  readonly privateIp: string;
  readonly port: number;
  readonly certificate: CertificatePlan;
  /** The cache's flows, with the addresses that the node's subnet decides. */
  readonly flows: readonly Flow<Leaf>[];
}

export interface ClientCertificatePlan {
  readonly client: string;
  readonly certificate: CertificatePlan;
}

/** As long as PCI DSS 4.0 allows at most (8.2.8); HIPAA names no figure. */
export const defaultIdleLogoffMinutes = 15;

/** Decides a cache from arguments that have been found valid. */
export function planCache<Leaf>(name: string, given: CacheArguments<Leaf>): CachePlan<Leaf> {
  const { operatingSystem = defaultOperatingSystem, engine = defaultEngine } = given;
  const { instanceType = defaultInstanceType } = given;
  const { shards = 1, replicas = 0 } = given;
  const subnets = given.subnets.map((subnet, index) => ({ name: `${name}-${index}`, ...subnet }));
  // Subnets beyond those that nodes are in are made ready but stay empty.
  const flows = cacheFlows(given, nodeNetworks(given));
  return {
    name,
    vpcId: given.vpcId,
    vpcCidrBlock: given.vpcCidrBlock,
    vpcSecondaryCidrBlocks: given.vpcSecondaryCidrBlocks ?? [],
    subnets,
    ...planNodes(name, given, subnets),
    clients: given.clients.map((client) => ({ client, certificate: clientCertificate(name, client) })),
    operators: given.operators,
    operatorIdleLogoffMinutes: given.operatorIdleLogoffMinutes ?? defaultIdleLogoffMinutes,
    securityUpdateWindow: given.securityUpdateWindow ?? defaultSecurityUpdateWindow,
    flows,
    timeServers: timeServers(given),
    networkAclEntries: networkAclEntries(flows),
    securityGroupRules: securityGroupRules(flows),
    clientSecurityGroups: given.clientSecurityGroups ?? false,
    lockedCommands: lockedCommands({
      allowScripting: given.allowScripting ?? false,
      hasReplicas: replicas > 0,
      hasShards: shards > 1,
      version: engineVersion({ engine, operatingSystem }),
    }),
    secretAdministratorArns: given.secretAdministratorArns ?? [],
    rotation: planRotation(given.rotation),
    validity: planValidity(given.certificates),
    refreshIntervalSeconds: given.refreshIntervalSeconds ?? defaultRefreshIntervalSeconds,
    tunnel: given.tunnel ?? defaultTunnelEngine,
    tenancy: given.allowSharedTenancy === true ? "default" : "dedicated",
    instanceType,
    operatingSystem,
    requireHybridKeyExchange: given.requireHybridKeyExchange ?? false,
    engine,
    image:
      given.imageId === undefined
        ? debianImage(name, operatingSystem, instanceType, given.imageGeneration)
        : { id: given.imageId },
    imageHasPackages: given.imageHasPackages ?? false,
    evictionPolicy: given.evictionPolicy ?? defaultEvictionPolicy,
    keyspaceEvents: inRedisOrder(given.keyspaceEvents ?? noKeyspaceEvents),
    maxMemoryPercent: given.maxMemoryPercent ?? defaultMemoryPercent(replicas > 0),
    maxValueBytes: given.maxValueBytes ?? redisLimits.largestValueBytes,
    ...(given.tags === undefined ? {} : { tags: given.tags }),
  };
}

/** The nodes, and how they find each other where there are several. */
function planNodes<Leaf>(
  cache: string,
  given: CacheArguments<Leaf>,
  subnets: readonly SubnetPlan<Leaf>[],
): Pick<CachePlan<Leaf>, "nodes" | "replication" | "cluster"> {
  const { shards = 1, replicas = 0, loopbackCidrBlock } = given;
  const networks = nodeNetworks(given);
  const located = subnets.map((plan) => {
    const { availabilityZone, cidrBlock } = plan;
    return { availabilityZone, cidrBlock, plan, flows: cacheFlows(given, [cidrBlock], networks) };
  });
  if (shards > 1) {
    const all = shardPlaces(located, shards, replicas);
    const shape = { shards, replicas, loopbackCidrBlock: loopbackCidrBlock ?? defaultClusterLoopbackCidrBlock };
    return {
      nodes: all.map((place) => planNode(cache, shardNodeName(cache, place), place, true)),
      cluster: planCluster(cache, shape, all),
    };
  }
  const nodes = places(located, replicas + 1).map((place, index) =>
    planNode(cache, `${cache}-${index}`, place, replicas > 0),
  );
  if (replicas === 0) return { nodes };
  return { nodes, replication: planReplication(nodes, loopbackCidrBlock ?? defaultLoopbackCidrBlock) };
}

function planNode<Leaf>(
  cache: string,
  name: string,
  place: { readonly subnet: Located<Leaf>; readonly privateIp: string },
  hasPeers: boolean,
): NodePlan<Leaf> {
  const { privateIp } = place;
  const { plan: subnet, flows } = place.subnet;
  const certificate = serverCertificate(cache, name, privateIp, hasPeers);
  return { name, subnet, privateIp, port: redisPort, certificate, flows };
}

/** A subnet with what is the same for all nodes in it. */
interface Located<Leaf> {
  readonly plan: SubnetPlan<Leaf>;
  readonly flows: readonly Flow<Leaf>[];
}
