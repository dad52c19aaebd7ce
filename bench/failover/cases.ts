import { handOver, type Fault } from "../../lab/replicas/faults.js";
import type { Manner } from "../../lab/replicas/writes.js";
import type { Topology } from "./topology.js";

/** What happens to the primary, and how the application's clients take it. */
export interface Case {
  readonly fault: Fault;
  readonly manner: Manner;
  /** Somebody meant it, and no goal of seconds is for it. */
  readonly planned: boolean;
}

export function casesOf({ faults }: Pick<Topology, "faults">): Case[] {
  return [
    ...faults.map((fault) => ({ fault, manner: "quick", planned: false }) as const),
    ...(["patient", "quick"] as const).map((manner) => ({ fault: handOver, manner, planned: true })),
  ];
}
