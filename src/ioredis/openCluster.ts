import type { Cluster } from "ioredis";
import type { ClusterConnectionFile } from "../host/connectionFile";
import { clusterConnector } from "./clusterConnector";
import { ClusterNodes } from "./clusterNodes";
import type { ClusterOwnOptions } from "./clusterSettings";
import { readText } from "./connectionRecord";
import { DiscreetCluster } from "./discreetCluster";
import { withFreshPassword } from "./freshPassword";
import { keepTimerLists } from "./keepTimerLists";

/** Where each node of a cluster listens, at an address of its own. */
const port = 6379;

/** A client of the cluster whose connection file this is. */
export function openCluster(connectionFile: string, record: ClusterConnectionFile, own: ClusterOwnOptions): Cluster {
  const nodes = new ClusterNodes(connectionFile, record);
  const cluster = new DiscreetCluster(own, {
    nodes: () => nodes.now().map(({ address }) => ({ host: address, port })),
    username: record.username,
    password: readText(record.passwordFile).trimEnd(),
    Connector: withFreshPassword(own.Connector ?? clusterConnector(nodes), record.passwordFile),
  });
  const { commandTimeout, socketTimeout } = cluster.options.redisOptions ?? {};
  cluster.once("end", keepTimerLists([commandTimeout, socketTimeout]));
  return cluster;
}
