import { all, output, type Input, type Output } from "@pulumi/pulumi";
import type { Connection, ConnectionCluster, ConnectionNode, PlainConnection } from "./arguments/connection";
import type { ClientGroups } from "./network/clientGroups";
import type { CachePlan, NodePlan } from "./plan/cachePlan";
import { nodeNetworks } from "./plan/placement";
import { redisPort, sentinelPort } from "./plan/ports";
import { memberAndPeers, type ReplicationPlan } from "./plan/replication";
import { getOrThrow } from "./resources/getOrThrow";
import type { CacheTrust } from "./trust/cacheTrust";

/**
 * The connections of the caches that this process has made so far, by cache. State of the module, since a client that is given
 * `undefined` for a misspelt name holds nothing that leads to a cache. It adds a sentence to that client's error, and decides nothing.
 */
const madeSoFar = new Map<string, readonly string[]>();

/** As a program writes them, with the cache's name: for the error of a client that is given none. */
export function madeConnections(): string[] {
  return [...madeSoFar].map(([cache, names]) => `connections.${names.join(" and connections.")} (cache ${cache})`);
}

/** The client's group of each connection that this program has made, or that it has none. */
const groups = new WeakMap<object, Output<string> | undefined>();

/** What is plain of each connection that this program has made. */
const plainParts = new WeakMap<object, PlainConnection>();

/** So that what a client is refused for by its cache's arguments is refused at the first preview, when no connection is known. */
export function plainConnection(given: unknown): PlainConnection | undefined {
  return typeof given === "object" && given !== null ? plainParts.get(given) : undefined;
}

/**
 * The security groups of a client's hosts: its own, and that of the connection, where it has one. A whole connection is computed from
 * all of its cache, the cache's own group included, of which hosts can't be members: the policies would take these for one.
 */
export function hostGroups(
  own: Output<string>,
  given: Input<Connection>,
  connection: Output<Connection>,
): Output<string[]> {
  if (typeof given === "object" && groups.has(given)) {
    const group = groups.get(given);
    return group === undefined ? own.apply((id) => [id]) : all([own, group]);
  }
  return all([own, connection]).apply(([id, { clientSecurityGroupId: group }]) =>
    group === undefined ? [id] : [id, group],
  );
}

/** What a cache tells each of its clients. */
export function cacheConnections<Client extends string>(
  plan: CachePlan<Input<string>>,
  made: {
    readonly region: Output<string>;
    readonly securityGroupId: Output<string>;
    readonly clientGroups: ClientGroups;
    readonly trust: CacheTrust;
  },
): Readonly<Record<Client, Output<Connection>>> {
  const { region, securityGroupId, clientGroups, trust } = made;
  const nodes = plan.cluster === undefined ? plan.nodes.map((node) => connectionNode(node, plan.replication)) : [];
  const cluster = connectionCluster(plan);
  const plain: PlainConnection = {
    cache: plan.name,
    nodes,
    ...(cluster === undefined ? {} : { cluster }),
    ...(plan.requireHybridKeyExchange ? { requiresHybridKeyExchange: true } : {}),
  };
  const connections = plan.clients.map(({ client }): [string, Output<Connection>] => {
    const clientSecurityGroupId = clientGroups.get(client);
    const connection: Output<Connection> = output({
      schemaVersion: 1 as const,
      ...plain,
      client,
      region,
      vpcId: plan.vpcId,
      securityGroupId,
      ...(clientSecurityGroupId === undefined ? {} : { clientSecurityGroupId }),
      secretArn: getOrThrow(trust.clientSecrets, client).arn,
      kmsKeyArn: trust.kmsKeyArn,
    });
    groups.set(connection, clientSecurityGroupId);
    plainParts.set(connection, plain);
    return [client, connection];
  });
  madeSoFar.set(
    plan.name,
    plan.clients.map(({ client }) => client),
  );
  return Object.fromEntries(connections) as Record<Client, Output<Connection>>;
}

function connectionNode(
  { name, privateIp: address, port, certificate }: NodePlan,
  replication?: ReplicationPlan,
): ConnectionNode {
  const node = { name, address, port, serverName: certificate.dnsName };
  if (replication === undefined) return node;
  const { loopbackAddress, downAfterMs } = memberAndPeers(replication, name).member;
  return { ...node, loopbackAddress, ...(downAfterMs === undefined ? {} : { sentinelPort }) };
}

function connectionCluster({ cluster, subnets }: CachePlan<Input<string>>): ConnectionCluster | undefined {
  if (cluster === undefined) return undefined;
  const { shards, loopbackCidrBlock } = cluster;
  return { cidrBlocks: nodeNetworks({ subnets, shards }), port: redisPort, loopbackCidrBlock };
}
