import { counted } from "../../plan/counted";
import type { CachePlan } from "../../plan/cachePlan";
import { clusterRules, type ClusterPlan } from "../../plan/cluster";
import type { Among } from "../../plan/peers";
import { replicationRules, sentinelsOf, type ReplicationPlan } from "../../plan/replication";
import { clusterChecks } from "../clusterChecks";
import type { Control, Risk } from "../control";
import { replicationChecks } from "../replicationChecks";
import { primaryZonesInWords, sentinelZonesInWords, zoneOf } from "../zones";

const { minReplicasToWrite, minReplicasMaxLagSeconds } = replicationRules;

/** Of a cache of several nodes. Availability is what it is about: copies are no backup, and meet no paragraph that asks for one. */
export const failover: Control = {
  id: "failover",
  title: "Another node takes over",
  onlyWith: "peers",
  hipaa: ["164.306(a)(1)"],
  article: [],
  nist: ["SI-13(5)"],
  demand: "When a node or an Availability Zone is away, the cache goes on with what the other nodes hold.",
  owners: ["component"],
  how: ({ plan }) => [
    ...(plan.replication === undefined ? [] : statements(plan, plan.replication)),
    ...(plan.cluster === undefined ? [] : ofShards(plan, plan.cluster)),
  ],
  checks: ({ plan }) => [
    ...(plan.replication === undefined ? [] : replicationChecks(plan.replication)),
    ...(plan.cluster === undefined ? [] : clusterChecks(plan.cluster)),
  ],
  risk: riskAmong("replicas"),
  riskOf: (plan) => riskAmong(plan.cluster === undefined ? "replicas" : "shards"),
};

function riskAmong(among: Among): Risk {
  const remains = {
    replicas:
      "What the primary has acknowledged and no replica has yet is lost when it fails. Until another node leads, writes fail. Without a majority of the Sentinels nothing takes over.",
    shards:
      "What a primary has acknowledged and no replica has yet is lost when it fails. Until another node leads its shard, that part of the keys fails; where its shard has no other node, until it is back, empty. Without a majority of the primaries nothing takes over.",
  };
  return {
    remains: remains[among],
    mitigation: `Keep nothing in the cache alone (\`integrity\`); give applications options that ride out a failover (docs/${among === "shards" ? "cluster" : "replicas"}.md).`,
  };
}

function statements(plan: CachePlan<string>, replication: ReplicationPlan): string[] {
  const sentinels = sentinelsOf(replication);
  const replicas = plan.nodes.length - 1;
  return [
    `One of the nodes leads (the primary), and the other ${counted(replicas, "node")} each keep a copy of all that it holds: ${inZones(plan, replication.members)}, each in a subnet of that zone (\`private-subnets\`).`,
    `Redis's own Sentinel watches the primary from ${inZones(plan, sentinels)}. When ${replication.quorum} of these ${sentinels.length} find it away, and as many agree, a replica leads. ${majorityInWords(plan)}`,
    "A Redis that starts, empty as it is, leads only where a majority of the Sentinels names it and no other node says that it holds a value; one that does not answer is waited for, for a minute. One that is to stop, for an update, a restart or a deployment, first lets writes wait until the replicas that follow have all of them, and hands over. That nothing is lost by that, the library's tests see.",
    `The primary takes writes only while at least ${counted(minReplicasToWrite, "replica")} has told it within the last ${minReplicasMaxLagSeconds} s that it follows: one that is cut off from all others stops after that, and loses what it took until then.`,
    "Copies are no backup (`backup`): what a client changes or deletes is changed or deleted on all nodes.",
  ];
}

function inZones(plan: CachePlan, members: ReplicationPlan["members"]): string {
  return members.map(({ name }) => `${name} (${zoneOf(plan, name)})`).join(", ");
}

function majorityInWords(plan: CachePlan): string {
  const held = sentinelZonesInWords(plan);
  return held === ""
    ? "No Availability Zone has a majority of them."
    : `A zone has a majority of them, and nothing takes over while it is away: ${held}.`;
}

/** What a cache with shards says of itself; which nodes there are, and where, is a part of the report. */
function ofShards(plan: CachePlan<string>, cluster: ClusterPlan): string[] {
  const { shards, minReplicasToWrite: least } = cluster;
  return [
    `Keys are in ${shards} shards, each with a part of Redis's slots. ${copiesInWords(plan, cluster)}`,
    `The nodes watch each other over the bus of Redis's own Cluster. When ${Math.floor(shards / 2) + 1} of the ${shards} primaries have not heard another one for ${clusterRules.nodeTimeoutMs} ms, a replica of its shard leads once as many agree. ${primariesInWords(plan)} Which node leads changes with each failover, and how the primaries are spread over the zones then, no check sees.`,
    "A primary that hears no majority of them for as long stops, and loses what it took until then. A shard that is away stops no other.",
    "A Redis that starts, empty as it is, leads nothing while another node of its shard has values. One that is to stop, for an update, a restart or a deployment, first hands over to a replica. That nothing is lost by that, the library's tests see.",
    least === 0
      ? "A primary takes writes though no replica follows it."
      : `A primary takes writes only while at least ${counted(least, "replica")} has told it within the last ${minReplicasMaxLagSeconds} s that it follows.`,
    "Which slots a shard has follows from their number alone. When that changes, the slots move by themselves, and until they have, a check finds them on their way. A primary that is lost meanwhile may cost values that had moved.",
    "Copies are no backup (`backup`): what a client changes or deletes is changed or deleted on all nodes of the shard.",
  ];
}

function copiesInWords({ subnets }: CachePlan, { replicas }: ClusterPlan): string {
  if (replicas === 0) return "No node keeps a copy of what another holds: when one is away, nobody takes over.";
  const zones = new Set(subnets.map(({ availabilityZone }) => availabilityZone)).size;
  const where = zones > 1 ? "in another Availability Zone than its primary" : "in the same Availability Zone";
  return `Of each, one node leads (the primary), and ${replicas === 1 ? "another keeps" : `${replicas} others each keep`} a copy of all that it holds, ${where} as planned.`;
}

function primariesInWords(plan: CachePlan): string {
  const held = primaryZonesInWords(plan);
  return held === ""
    ? "As planned, no Availability Zone has half of them."
    : `As planned, a zone has half of them or more, and nothing takes over while it is away: ${held}.`;
}
