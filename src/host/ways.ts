import { serverName } from "../plan/certificates";
import { addressAt, type Cidr } from "../plan/cidr";
import type { ClusterPlan } from "../plan/cluster";
import { busPort, redisPort, replicationPort } from "../plan/ports";
import { memberAndPeers } from "../plan/replication";
import type { KeyExchangeGroups, Leg, TunnelEngine } from "../plan/tunnel";
import { admittedField } from "./admitted";
import { configFile, type CloudFile } from "./cloudConfig";
import { clusterNodeSocket, type ClusterConnectionFile, type ClusterConnectionFileNode } from "./connectionFile";
import { encodeEnvironment, type Settings } from "./encode";
import { hostScript } from "./hostFiles";
import { hostPaths } from "./hostPaths";
import { tunnelProgram } from "./tunnelProgram";

/** What lay-ways puts the places and addresses of a node for. */
const [place, address, loopbackAddress] = ["@PLACE@", "@ADDRESS@", "@LOOPBACK@"];

/** What a node of a cluster has, to make of its secret the ways to the others. */
export function nodeWaysFiles(
  tunnel: TunnelEngine,
  cache: string,
  node: string,
  cluster: ClusterPlan,
  groups?: KeyExchangeGroups,
): CloudFile[] {
  const other = otherNode(cache);
  const { way } = tunnelProgram(tunnel);
  const ways = [
    { ...other, listens: [`${loopbackAddress}:${redisPort}`], port: replicationPort },
    { ...other, name: `${other.name}-bus`, listens: [`${loopbackAddress}:${busPort}`], port: busPort },
  ];
  return waysFiles(
    cluster.loopbackCidrBlock,
    [
      ["HIPAA_REDIS_IDENTITY", cluster.identity],
      ["HIPAA_REDIS_SELF", memberAndPeers(cluster, node).member.loopbackAddress],
    ],
    { way: ways.map((leg) => way(leg, groups)).join("\n"), admitted: admittedField([other.serverName]) },
  );
}

/** The same of an app host, with the connection file to which the nodes are added. */
export function clientWaysFiles(
  tunnel: TunnelEngine,
  cluster: { readonly loopbackCidrBlock: Cidr; readonly port: number },
  connectionFile: ClusterConnectionFile,
  openLocalPort: boolean,
  groups?: KeyExchangeGroups,
): CloudFile[] {
  const node = otherNode(connectionFile.cache);
  const leg: Leg = {
    ...node,
    listens: [
      `${hostPaths.tunnelNodesFolder}/${node.name}.sock`,
      ...(openLocalPort ? [`${loopbackAddress}:${redisPort}`] : []),
    ],
    port: cluster.port,
  };
  const inFile: ClusterConnectionFileNode = {
    name: node.name,
    address: loopbackAddress,
    path: clusterNodeSocket(node.name),
    ...(openLocalPort ? { port: redisPort } : {}),
  };
  return waysFiles(cluster.loopbackCidrBlock, [], {
    way: tunnelProgram(tunnel).way(leg, groups),
    connection: `${JSON.stringify(connectionFile)}\n`,
    node: `${JSON.stringify(inFile)}\n`,
  });
}

function waysFiles(loopbackCidrBlock: Cidr, settings: Settings, texts: Readonly<Record<string, string>>): CloudFile[] {
  return [
    configFile(
      hostPaths.waysEnvironment,
      encodeEnvironment([["HIPAA_REDIS_LOOPBACK", addressAt(loopbackCidrBlock, 0)], ...settings]),
    ),
    ...Object.entries(texts).map(([name, text]) => configFile(`${hostPaths.waysTexts}/${name}`, text)),
    hostScript("lay-ways"),
  ];
}

/** Named as `shardNodeName` has it. */
function otherNode(cache: string): Pick<Leg, "name" | "address" | "serverName"> {
  const name = `${cache}-${place}`;
  return { name, address, serverName: serverName(cache, name) };
}
