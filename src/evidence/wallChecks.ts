import type { CachePlan } from "../plan/cachePlan";
import type { ClusterPlan } from "../plan/cluster";
import { redisPort, sentinelPort } from "../plan/ports";
import type { Member } from "../plan/replication";
import { literally, onHost, type Check } from "./check";

type Plan = Pick<CachePlan, "replication" | "cluster" | "subnets">;

/** Whether an app host's firewall leaves the tunnel to the application, and the cache to the tunnel. */
export function wallChecks(plan: Plan): readonly Check[] {
  const { addresses, ports, nodes } = rulesOf(plan);
  return [
    onHost(
      ["client"],
      "the tunnel's port is for the application's user",
      "nft list chain inet hipaa_redis output",
      String.raw`ip daddr ${addresses} tcp dport ${ports} meta skuid != \{ .* \} reject`,
    ),
    onHost(
      ["client"],
      "nobody but the tunnel answers on its port",
      "nft list chain inet hipaa_redis output",
      String.raw`ip saddr ${addresses} tcp sport ${ports} meta skuid != \{ .* \} drop`,
    ),
    onHost(
      ["client"],
      "no container reaches the tunnel",
      "nft list chain inet hipaa_redis input",
      String.raw`iif != "lo" ip daddr ${addresses} tcp dport ${ports} reject`,
    ),
    onHost(["client"], "no container reaches the cache past it", "nft list chain inet hipaa_redis forward", nodes),
  ];
}

/** Parts of the rules, as regular expressions. */
interface Rules {
  readonly addresses: string;
  readonly ports: string;
  readonly nodes: string;
}

function rulesOf({ replication, cluster, subnets }: Plan): Rules {
  if (cluster !== undefined) return ofShards(cluster, subnets);
  return replication === undefined ? ofOneNode : ofNodes(replication.members);
}

const ofOneNode: Rules = {
  addresses: String.raw`127\.0\.0\.0/8`,
  ports: String.raw`\S+`,
  nodes: String.raw`ip daddr \S+ tcp dport \S+ reject`,
};

const both = literally(`{ ${redisPort}, ${sentinelPort} }`);

/** By networks, as nodes come and go while a host runs. */
function ofShards({ loopbackCidrBlock }: ClusterPlan, subnets: Plan["subnets"]): Rules {
  const networks = [...new Set(subnets.map(({ cidrBlock }) => cidrBlock))];
  return {
    addresses: literally(loopbackCidrBlock),
    ports: String(redisPort),
    nodes: networks
      .map((network) => `ip daddr ${literally(network)} tcp dport ${redisPort} reject with tcp reset`)
      .join(String.raw`\n\s*`),
  };
}

function ofNodes(members: readonly Member[]): Rules {
  const rules = members.map(({ privateIp, downAfterMs }) => {
    const ports = downAfterMs === undefined ? String(redisPort) : both;
    return `ip daddr ${literally(privateIp)} tcp dport ${ports} reject with tcp reset`;
  });
  return {
    addresses: literally(`{ ${members.map(({ loopbackAddress }) => loopbackAddress).join(", ")} }`),
    ports: both,
    nodes: rules.join(String.raw`\n\s*`),
  };
}
