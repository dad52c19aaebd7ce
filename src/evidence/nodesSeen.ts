import type { CachePlan } from "../plan/cachePlan";
import type { ClusterMember } from "../plan/cluster";
import { copiesShown, placeShown } from "./clusterChecks";
import { lastFound, type Looked } from "./rolesSeen";

/** A node of a cluster, and what it was when somebody looked last. */
export interface NodeSeen {
  readonly member: ClusterMember;
  readonly zone: string;
  /** Such as `primary, 5461 slots` or `replica of 0-1`; nothing where nobody has looked. */
  readonly role?: string;
  /** How many replicas follow it, or how its link to the primary is. */
  readonly copies?: string;
  /** RFC 3339, UTC. */
  readonly date?: string;
}

/** What each of them was, by the records that count: who leads a shard changes, and is nobody's plan. */
export function nodesSeen({ plan, records }: Looked & { readonly plan: Pick<CachePlan, "nodes"> }): NodeSeen[] {
  const zones = new Map(plan.nodes.map(({ name, subnet }) => [name, subnet.availabilityZone]));
  return (plan.cluster?.members ?? []).map((member) => {
    const zone = zones.get(member.name) ?? "";
    const place = lastFound(records.counted, member.name, placeShown);
    if (place === undefined) return { member, zone };
    const copies = lastFound(records.counted, member.name, copiesShown)?.found;
    const role = place.found.replace(/^\d+-\d: /, "");
    return { member, zone, role, date: place.date, ...(copies === undefined ? {} : { copies }) };
  });
}

/** Whether it led its shard then. */
export function ledThen({ role }: NodeSeen): boolean {
  return role?.startsWith("primary") === true;
}
