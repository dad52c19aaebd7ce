import Table from "cli-table3";
import { ledThen, type NodeSeen } from "../evidence/nodesSeen";

/** The nodes of a cluster, shard after shard, a line each, as they were when they were looked at: for a terminal. */
export function shardsText(nodes: readonly NodeSeen[]): string {
  const table = new Table({
    head: ["Shard", "Node", "Zone", "Is", "Copies"],
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
    style: { head: [], border: [] },
  });
  table.push(...nodes.map(row));
  return `${table.toString()}\n${inSum(nodes)}`;
}

function row({ member: { shard, replica, name }, zone, role = "not looked at", copies = "" }: NodeSeen): string[] {
  return [replica === 0 ? String(shard) : "", name, zone, role, copies];
}

function inSum(nodes: readonly NodeSeen[]): string {
  const shards = new Set(nodes.map(({ member }) => member.shard)).size;
  const looked = nodes.filter(({ role }) => role !== undefined).length;
  const others = nodes.filter((node) => ledThen(node) && node.member.replica > 0).map(({ member }) => member.name);
  const led = new Set(nodes.filter(ledThen).map(({ member }) => member.shard)).size;
  return [
    `Looked at: ${looked} of ${nodes.length} nodes. Shards of which a node led: ${led} of ${shards}.`,
    ...(others.length === 0 ? [] : [`Led by another node than planned at first: ${others.join(", ")}.`]),
  ].join(" ");
}
