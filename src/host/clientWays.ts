import {
  hasReplicas,
  hasShards,
  type ClusterConnection,
  type Connection,
  type ConnectionNode,
  type ReplicatedNode,
} from "../arguments/connection";
import type { ClientPlan } from "../plan/clientPlan";
import { keyExchange } from "../plan/keyExchange";
import { redisPort, sentinelPort } from "../plan/ports";
import { replicationName } from "../plan/replication";
import { callsRedis, type TunnelConf } from "../plan/tunnel";
import {
  nodeSocket,
  sentinelSocket,
  type ClusterConnectionFile,
  type ConnectionFile,
  type ConnectionFileNode,
  type ReplicatedConnectionFile,
} from "./connectionFile";
import { hostPaths } from "./hostPaths";

/** An app host's ways to its cache: where its tunnel is called and whom it calls, what its firewall and its application are told. */
export interface ClientWays {
  readonly tunnel: TunnelConf;
  readonly localPorts: LocalPorts;
  readonly nodes: readonly NodePorts[];
  readonly connectionFile: ConnectionFile | ReplicatedConnectionFile | ClusterConnectionFile;
}

/** Where the tunnel listens by TCP, or would: networks or addresses of the loopback, and ports. */
export interface LocalPorts {
  readonly addresses: readonly string[];
  readonly ports: readonly number[];
}

/** Where a node's tunnel listens, or those of all nodes of a network. */
export interface NodePorts {
  readonly address: string;
  readonly ports: readonly number[];
}

/** Decides them from the record of the cache, which says how many nodes there are. */
export function clientWays(plan: ClientPlan, connection: Connection): ClientWays {
  const ways = waysTo(plan, connection);
  const exchange = keyExchange(plan.operatingSystem, connection.requiresHybridKeyExchange);
  return { ...ways, tunnel: { ...ways.tunnel, ...exchange } };
}

function waysTo(plan: ClientPlan, connection: Connection): ClientWays {
  if (hasShards(connection)) return toShards(connection);
  return hasReplicas(connection) ? toEachNode(plan, connection) : toTheNode(plan, connection, connection.nodes);
}

function toTheNode(
  { openLocalPort, localPort }: ClientPlan,
  connection: Connection,
  [node]: readonly ConnectionNode[],
): ClientWays {
  if (node === undefined) throw new Error(`The connection of client ${connection.client} has no node.`);
  const listens = [hostPaths.clientSocket, ...(openLocalPort ? [`127.0.0.1:${localPort}`] : [])];
  return {
    tunnel: callsRedis(listens, node),
    localPorts: { addresses: ["127.0.0.0/8"], ports: [localPort] },
    nodes: [{ address: node.address, ports: [node.port] }],
    connectionFile: {
      schemaVersion: 2,
      cache: connection.cache,
      client: connection.client,
      path: hostPaths.clientSocket,
      ...(openLocalPort ? { host: "127.0.0.1", port: localPort } : {}),
      username: connection.client,
      passwordFile: hostPaths.clientPassword,
    },
  };
}

function toEachNode({ openLocalPort }: ClientPlan, { cache, client, nodes }: Connection<ReplicatedNode>): ClientWays {
  return {
    tunnel: { services: [], legs: nodes.flatMap((node) => legsTo(node, openLocalPort)) },
    localPorts: { addresses: nodes.map(({ loopbackAddress }) => loopbackAddress), ports: [redisPort, sentinelPort] },
    nodes: nodes.map(({ address, port, sentinelPort }) => ({
      address,
      ports: [port, ...(sentinelPort === undefined ? [] : [sentinelPort])],
    })),
    connectionFile: {
      schemaVersion: 3,
      cache,
      client,
      username: client,
      passwordFile: hostPaths.clientPassword,
      sentinelName: replicationName,
      nodes: nodes.map((node) => nodeInFile(node, openLocalPort)),
    },
  };
}

/** Who the nodes are, and the ways to them, follow from the host's secret (ways.ts). */
function toShards({ cache, client, cluster }: ClusterConnection): ClientWays {
  const { cidrBlocks, port, loopbackCidrBlock } = cluster;
  return {
    tunnel: { services: [], legs: [], hasFurtherWays: true },
    localPorts: { addresses: [loopbackCidrBlock], ports: [redisPort] },
    nodes: cidrBlocks.map((address) => ({ address, ports: [port] })),
    connectionFile: {
      schemaVersion: 4,
      cache,
      client,
      username: client,
      passwordFile: hostPaths.clientPassword,
      nodes: [],
    },
  };
}

function legsTo(node: ReplicatedNode, openLocalPort: boolean): TunnelConf["legs"] {
  const { name, address, port, serverName, loopbackAddress } = node;
  const listens = (socket: string, local: number): string[] => [
    socket,
    ...(openLocalPort ? [`${loopbackAddress}:${local}`] : []),
  ];
  return [
    { name, listens: listens(nodeSocket(name), redisPort), address, port, serverName },
    ...(node.sentinelPort === undefined
      ? []
      : [
          {
            name: `${name}-sentinel`,
            listens: listens(sentinelSocket(name), sentinelPort),
            address,
            port: node.sentinelPort,
            serverName,
          },
        ]),
  ];
}

function nodeInFile(node: ReplicatedNode, openLocalPort: boolean): ConnectionFileNode {
  const { name, loopbackAddress } = node;
  const hasSentinel = node.sentinelPort !== undefined;
  return {
    name,
    address: loopbackAddress,
    path: nodeSocket(name),
    ...(hasSentinel ? { sentinelPath: sentinelSocket(name) } : {}),
    ...(openLocalPort ? { port: redisPort } : {}),
    ...(openLocalPort && hasSentinel ? { sentinelPort } : {}),
  };
}
