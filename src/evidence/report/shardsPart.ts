import type { ClusterPlan } from "../../plan/cluster";
import { counted } from "../../plan/counted";
import type { Assessment } from "../assess";
import { ledThen, nodesSeen, type NodeSeen } from "../nodesSeen";
import { notLookedAt } from "../sheets/looks";
import { heading, list, paragraph, table, type Block } from "./blocks";
import { moment } from "./options";

/** The nodes of a cluster: first by zone, then one by one, as they may be hundreds. */
export function shardsPart(assessment: Assessment, cluster: ClusterPlan): Block[] {
  const nodes = nodesSeen(assessment);
  return [
    heading(2, "Nodes"),
    paragraph(
      `${counted(cluster.shards, "shard")}, each of ${counted(cluster.replicas + 1, "node")}. Number 0 of a shard leads it as the cache is planned. Which one leads changes with each failover: these tables have what each was when it was looked at last, by a signed record.`,
    ),
    ...weaknesses(cluster),
    table(
      [
        ["Zone", 25],
        ["Nodes", 25],
        ["Lead as planned", 25],
        ["Led when looked at", 25],
      ],
      [...new Set(nodes.map(({ zone }) => zone))].map((zone) => zoneRow(zone, nodes)),
    ),
    table(
      [
        ["Node", 18],
        ["Zone", 16],
        ["Address", 16],
        ["On every host", 16],
        ["When looked at", 34],
      ],
      nodes.map(nodeRow),
    ),
  ];
}

/** What the shape leaves open; each is also among the deviations, with what closes it. */
function weaknesses({ weaknesses: found }: ClusterPlan): Block[] {
  if (found.length === 0) return [];
  const words = found.map((weakness) => {
    switch (weakness.of) {
      case "zones":
        return `All nodes are in ${counted(weakness.zones.length, "Availability Zone")}: ${weakness.zones.join(", ")}.`;
      case "replicas":
        return "No shard has a replica: when a node is away, nobody takes over.";
      case "primaries":
        return `While ${weakness.zone} is away, nobody takes over in any shard: ${weakness.primaries} of the primaries are planned there.`;
    }
  });
  return [paragraph("What this shape leaves open (", { href: "#deviations", words: "Deviations" }, "):"), list(words)];
}

function zoneRow(zone: string, nodes: readonly NodeSeen[]): string[] {
  const here = nodes.filter((node) => node.zone === zone);
  const looked = here.filter(({ role }) => role !== undefined);
  const planned = here.filter(({ member }) => member.replica === 0).length;
  const led = looked.filter(ledThen).length;
  return [
    zone,
    String(here.length),
    String(planned),
    looked.length === 0 ? notLookedAt : `${led} of ${looked.length} that were looked at`,
  ];
}

function nodeRow({ member: { name, privateIp, loopbackAddress }, zone, role, copies, date }: NodeSeen): string[] {
  const seen =
    role === undefined || date === undefined
      ? notLookedAt
      : `${[role, ...(copies === undefined ? [] : [copies])].join("; ")} (${moment(new Date(date))})`;
  return [name, zone, privateIp, loopbackAddress, seen];
}
