import {
  all,
  ComponentResource,
  log,
  output,
  type ComponentResourceOptions,
  type Input,
  type Output,
} from "@pulumi/pulumi";
import type { HipaaRedisCacheArgs } from "./args";
import { cacheConnections } from "./cacheConnections";
import { cacheEvidence } from "./cacheEvidence";
import type { Connection } from "./arguments/connection";
import type { Evidence } from "./evidence/evidence";
import { noteGiven } from "./given/noteGiven";
import { secretProblems } from "./host/checkSecrets";
import { userDataProblems } from "./host/checkUserData";
import { createCacheNetwork } from "./network/cacheNetwork";
import { createCacheSecurityGroup } from "./network/cacheSecurityGroup";
import { createClientGroups } from "./network/clientGroups";
import { createCacheNode, type CacheNode } from "./node/cacheNode";
import { createHealthParameter } from "./node/healthParameter";
import { createHostRole } from "./node/hostRole";
import { nodeImage } from "./node/image";
import { rollingChange, type OthersOf } from "./node/rollingChange";
import { planCache, type CachePlan } from "./plan/cachePlan";
import { clusterHealth } from "./plan/clusterHealth";
import { memberAndPeers } from "./plan/replication";
import { outsideNetworksWarning } from "./plan/outsideNetworks";
import { unusedBastionsWarning } from "./plan/unusedBastions";
import { getOrThrow } from "./resources/getOrThrow";
import { defaultRegion, regionWith } from "./resources/providerRegion";
import { soundArguments } from "./resources/soundArguments";
import { warnOfPassphrase } from "./resources/stackSettings";
import { throwIfAny } from "./arguments/problems";
import { hostRolePath } from "./plan/secretPolicy";
import { zonesOf } from "./arguments/regionProblems";
import { cacheProblems } from "./arguments/cacheProblems";
import { createCacheTrust } from "./trust/cacheTrust";

/**
 * A Redis cache that may hold patient data (PHI): one trust domain in private subnets of its own. Application
 * hosts reach it only through a mutually authenticated TLS tunnel, and nothing is ever written to disk.
 *
 * Give each of its `connections` to a `HipaaRedisClient`, in the same program or in another stack.
 *
 * @throws InvalidArgumentsError with every problem of the arguments, before any resource is registered.
 */
export class HipaaRedisCache<Client extends string = string> extends ComponentResource {
  /** A connection for each name in `clients`: plain, exportable, and without any secret. */
  readonly connections: Readonly<Record<Client, Output<Connection>>>;
  /** The cache's hosts. */
  readonly nodes: Output<CacheNodeInfo[]>;
  /** The security group of the cache's hosts. */
  readonly securityGroupId: Output<string>;
  /** The cache's own subnets, in the order of `subnets`. */
  readonly subnetIds: Output<string[]>;
  /**
   * The route tables of these subnets, in the same order: for your own `aws.ec2.Route` to application or bastion hosts outside of the
   * VPC, by a peering connection, a transit gateway or a VPN gateway (docs/operating.md).
   */
  readonly routeTableIds: Output<string>[];
  /** The KMS key of the cache's secrets and root volumes. */
  readonly kmsKeyArn: Output<string>;
  /** What the compliance report is made of (docs/evidence.md): plain, exportable, and without any secret. */
  readonly evidence: Output<Evidence>;

  constructor(name: string, args: HipaaRedisCacheArgs<Client>, opts?: ComponentResourceOptions) {
    const component = `HipaaRedisCache ${JSON.stringify(name)}`;
    const sound = checkedArguments(name, args, component, defaultRegion(opts));
    const plan = planCache(name, sound);
    const noting = noteGiven(opts);
    super("pulumi-hipaa-redis:index:HipaaRedisCache", name, {}, noting.opts);
    warnOfPassphrase();
    const child = { parent: this };
    for (const warning of [outsideNetworksWarning(plan), unusedBastionsWarning(sound)]) {
      if (warning !== undefined) void log.warn(warning, this);
    }
    const region = regionWith(zonesOf(plan.subnets), component, this);

    const network = createCacheNetwork(plan, region, child);
    const clientGroups = createClientGroups(plan, child);
    const { group, rules } = createCacheSecurityGroup(plan, clientGroups, child);
    const trust = createCacheTrust(plan, region, child);
    const image = nodeImage(plan, child);
    // Where nodes report how they do, where there are several.
    const health = new Map(
      ((plan.cluster ?? plan.replication)?.members ?? []).map(({ name }) => {
        const { arn } = getOrThrow(trust.nodeSecrets, name);
        return [name, createHealthParameter(name, arn, plan.tags, child)];
      }),
    );
    const { cluster, refreshIntervalSeconds } = plan;
    const rolling =
      health.size > 0
        ? rollingChange(health, this, cluster && clusterHealth(cluster, refreshIntervalSeconds))
        : undefined;
    const nodes: CacheNode[] = [];
    for (const node of plan.nodes) {
      const secret = getOrThrow(trust.nodeSecrets, node.name);
      const healthParameterArn = health.get(node.name)?.arn;
      const readable = { secretArn: secret.arn, kmsKeyArn: trust.kmsKeyArn, region };
      const { profile, policy } = createHostRole(
        node.name,
        hostRolePath(name, { kind: "cache", name: node.name }),
        { ...readable, ...(healthParameterArn === undefined ? {} : { healthParameterArn }) },
        plan.tags,
        child,
      );
      nodes.push(
        createCacheNode(
          plan,
          node,
          {
            ...readable,
            subnetId: getOrThrow(network.subnetIds, node.subnet.name),
            securityGroupId: group.id,
            instanceProfileName: profile.name,
            image,
            readyWhen: [...network.ready, ...rules, policy, secret.version],
            ...(rolling === undefined
              ? {}
              : {
                  changedAfter: {
                    others: othersOf(plan, node.name, nodes),
                    rollingChange: rolling,
                    instanceProfileArn: profile.arn,
                  },
                }),
          },
          child,
        ),
      );
    }

    this.securityGroupId = group.id;
    this.subnetIds = all([...network.subnetIds.values()]);
    this.routeTableIds = [...network.routeTableIds];
    this.kmsKeyArn = trust.kmsKeyArn;
    const made = nodes.map(({ plan: { name }, instanceId, privateIp }) => ({ name, instanceId, privateIp }));
    this.nodes = rolling === undefined ? output(made) : all([made, rolling.isOver(nodes)]).apply(([known]) => known);
    const parts = { region, network, securityGroupId: group.id, clientGroups, trust, nodes };
    this.connections = cacheConnections<Client>(plan, parts);
    this.evidence = cacheEvidence(plan, sound, parts);
    this.registerOutputs({
      given: noting.done(),
      connections: this.connections,
      nodes: this.nodes,
      securityGroupId: this.securityGroupId,
      subnetIds: this.subnetIds,
      routeTableIds: output(this.routeTableIds),
      kmsKeyArn: this.kmsKeyArn,
      evidence: this.evidence,
    });
  }
}

/** One cache host. */
export interface CacheNodeInfo {
  /** The node's name: the cache's, with a number. */
  readonly name: string;
  /** The id of its EC2 instance. A replaced node gets another one. */
  readonly instanceId: string;
  /** Its private IPv4 address, which stays when the node is replaced. */
  readonly privateIp: string;
}

/** Of a cluster's nodes, each waits for those of its shard, and for the one before it, which has waited for the others. */
function othersOf(plan: CachePlan<Input<string>>, name: string, before: readonly CacheNode[]): OthersOf {
  if (plan.cluster === undefined) return { before: [...before] };
  const { member, peers } = memberAndPeers(plan.cluster, name);
  const ofShard = peers.filter(({ shard }) => shard === member.shard).map((peer) => peer.name);
  const last = before.at(-1);
  return {
    before: before.filter((node) => node === last || ofShard.includes(node.plan.name)),
    peersBehind: ofShard.filter((peer) => before.every((node) => node.plan.name !== peer)),
  };
}

function checkedArguments(
  name: string,
  args: HipaaRedisCacheArgs,
  component: string,
  providerRegion: string | undefined,
): HipaaRedisCacheArgs {
  const sound = soundArguments(component, args, (given) => cacheProblems(name, given, providerRegion));
  const plan = planCache(name, sound);
  throwIfAny(component, [...userDataProblems(plan), ...secretProblems(plan)]);
  return sound;
}
