import type { CachePlan } from "../plan/cachePlan";
import type { ClusterWeakness } from "../plan/cluster";
import { sentinelsOf } from "../plan/replication";

/** What of a cache of several nodes is in which Availability Zone. */

type Plan = Pick<CachePlan, "nodes" | "replication">;

/** The zone of a node. */
export function zoneOf({ nodes }: Pick<CachePlan, "nodes">, name: string): string {
  return nodes.find((node) => node.name === name)?.subnet.availabilityZone ?? "";
}

/** Zones without which no majority of the Sentinels is left, and nothing takes over. */
export function zonesOfMajority(plan: Plan): string[] {
  const { quorum = 0 } = plan.replication ?? {};
  return [...sentinelZones(plan)].filter(([, count]) => count >= quorum).map(([zone]) => zone);
}

/** Such as `2 of 3 Sentinels in us-east-1a`. */
export function sentinelZonesInWords(plan: Plan): string {
  const zones = sentinelZones(plan);
  const all = [...zones.values()].reduce((sum, count) => sum + count, 0);
  return zonesOfMajority(plan)
    .map((zone) => `${zones.get(zone) ?? 0} of ${all} Sentinels in ${zone}`)
    .join(", ");
}

/** The same of shards' primaries, as planned, where half of them or more are in one zone: such as `2 of 3 primaries in us-east-1a`. */
export function primaryZonesInWords({ cluster }: Pick<CachePlan, "cluster">): string {
  const halves = (cluster?.weaknesses ?? []).flatMap((weakness) => (weakness.of === "primaries" ? [weakness] : []));
  return halves.map(({ zone, primaries }) => `${primaries} of ${cluster?.shards ?? 0} primaries in ${zone}`).join(", ");
}

/** Whether the plan of a cluster leaves this open. */
export function hasWeakness({ cluster }: Pick<CachePlan, "cluster">, of: ClusterWeakness["of"]): boolean {
  return (cluster?.weaknesses ?? []).some((weakness) => weakness.of === of);
}

function sentinelZones(plan: Plan): Map<string, number> {
  const zones = new Map<string, number>();
  for (const { name } of plan.replication === undefined ? [] : sentinelsOf(plan.replication)) {
    const zone = zoneOf(plan, name);
    zones.set(zone, (zones.get(zone) ?? 0) + 1);
  }
  return zones;
}
