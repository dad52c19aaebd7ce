import type { CachePlan } from "../plan/cachePlan";
import type { ClusterPlan } from "../plan/cluster";
import { counted } from "../plan/counted";
import { engineVersion } from "../plan/engine";
import { redisPort } from "../plan/ports";

/** A node of a cluster on the map: small, as there may be hundreds. */
export interface Cell {
  /** Shard and number. */
  readonly label: string;
  /** Whether it leads its shard as the cache is planned. */
  readonly leads: boolean;
}

/** A zone with the nodes that are there. */
export interface ZoneBox {
  readonly title: string;
  readonly lines: readonly string[];
  readonly cells: readonly Cell[];
}

export function zoneBoxes(plan: CachePlan, { members, loopbackCidrBlock }: ClusterPlan): ZoneBox[] {
  const { tunnel, nodes } = plan;
  const zones = new Map<string, Cell[]>();
  for (const [index, { shard, replica }] of members.entries()) {
    const zone = nodes[index]?.subnet.availabilityZone ?? "";
    const cells = zones.get(zone) ?? [];
    zones.set(zone, [...cells, { label: `${shard}-${replica}`, leads: replica === 0 }]);
  }
  return [...zones].map(([zone, cells]) => {
    const leaders = cells.filter(({ leads }) => leads).length;
    return {
      title: `${zone}: ${counted(cells.length, "node")}`,
      lines: [
        `${tunnel} :${redisPort}, TLS 1.3, mutual`,
        `${engineVersion(plan)}: in ${loopbackCidrBlock}`,
        `${leaders} lead as planned (bold)`,
      ],
      cells,
    };
  });
}

const [columns, cellWidth, cellHeight] = [6, 35, 17];

/** What the cells of a box take below its lines. */
export function cellsHeight(cells: readonly Cell[]): number {
  return Math.ceil(cells.length / columns) * cellHeight;
}

export function drawCells(cells: readonly Cell[], left: number, top: number): string[] {
  return cells.map(({ label, leads }, index) => {
    const x = left + (index % columns) * cellWidth;
    const y = top + Math.floor(index / columns) * cellHeight;
    return `<text class="${leads ? "cell leads" : "cell"}" x="${x}" y="${y}">${label}</text>`;
  });
}

/** Beside the map's own style, where there are any. */
export const cellStyle =
  "\n.network-map .cell{fill:var(--soft);font-size:11px} .network-map .leads{fill:var(--flow);font-weight:700}";
