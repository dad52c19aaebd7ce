import { counted } from "../../plan/counted";
import type { CachePlan } from "../../plan/cachePlan";
import { replicationRules, sentinelsOf, type ReplicationPlan } from "../../plan/replication";
import type { Control } from "../control";
import { replicationChecks } from "../replicationChecks";
import { sentinelZonesInWords, zoneOf } from "../zones";

const { minReplicasToWrite, minReplicasMaxLagSeconds } = replicationRules;

/** Of a cache with replicas. Availability is what it is about: copies are no backup, and meet no paragraph that asks for one. */
export const failover: Control = {
  id: "failover",
  title: "Another node takes over",
  onlyWith: "replicas",
  hipaa: ["164.306(a)(1)"],
  article: [],
  nist: ["SI-13(5)"],
  demand: "When a node or an Availability Zone is away, the cache goes on with what the other nodes hold.",
  owners: ["component"],
  how: ({ plan }) => (plan.replication === undefined ? [] : statements(plan, plan.replication)),
  checks: ({ plan }) => (plan.replication === undefined ? [] : replicationChecks(plan.replication)),
  risk: {
    remains:
      "What the primary has acknowledged and no replica has yet is lost when it fails. Until another node leads, writes fail. Without a majority of the Sentinels nothing takes over.",
    mitigation:
      "Keep nothing in the cache alone (`integrity`); give applications options that ride out a failover (docs/replicas.md).",
  },
};

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
