import type { Fault } from "./faults.js";
import { anotherLeads, nodeAt, settled } from "./nodes.js";
import type { ReplicasFixture } from "./openReplicas.js";
import { startWrites, writers, type Manner, type Outcome } from "./writes.js";

/** What clients saw of a fault, and whether another node leads since. */
export interface Endured {
  readonly outcome: Outcome;
  readonly failedOver: boolean;
}

/** Does something while nobody else does what would disturb it. */
export type Alone = <T>(work: () => Promise<T>) => Promise<T>;

/** Clients write while this happens to the primary, and until all nodes are well again. */
export async function writeThrough(
  fixture: ReplicasFixture,
  fault: Fault,
  manner: Manner,
  alone: Alone = (work) => work(),
): Promise<Endured> {
  const { primary } = await settled(fixture);
  const host = nodeAt(fixture, primary);
  const others = fixture.nodes.filter((node) => node !== host);
  const writes = await startWrites(fixture.app, manner);
  await writes.goOn();
  await alone(async () => {
    await fault.inflict(host, others);
    if (fault.failsOver) await anotherLeads(others, primary);
    // For longer than writes may be lost.
    await writes.goOn(50 + (fault.losesSeconds * 1000) / writers.everyMs);
  });
  await fault.mend?.(host);
  const after = await settled(fixture);
  return { outcome: await writes.stop(), failedOver: after.primary !== primary };
}

/** How many acknowledged writes of all clients may be lost by a fault. */
export function mostLost({ losesSeconds }: Fault): number {
  return (losesSeconds * 1000 * writers.clients) / writers.everyMs;
}
