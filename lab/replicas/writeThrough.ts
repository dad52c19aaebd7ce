import type { Host } from "../hosts/index.js";
import type { Fault } from "./faults.js";
import type { ReplicasFixture } from "./openReplicas.js";
import { whileWriting, writers, type Manner, type Outcome } from "./writes.js";

/** What clients saw of a fault, and whether another node leads since. */
export interface Endured {
  readonly outcome: Outcome;
  readonly failedOver: boolean;
}

/** Who leads, of nodes of which one does. */
export interface Leadership {
  /** The node that leads, once all nodes of the cache are well. */
  settled(fixture: ReplicasFixture): Promise<Host>;
  /** Waits until another one leads, as these nodes see it. */
  anotherLeads(asked: readonly Host[], former: Host): Promise<void>;
}

/** Does something while nobody else does what would disturb it. */
export type Alone = <T>(work: () => Promise<T>) => Promise<T>;

/** Clients write while this happens to the one that leads, and until all nodes are well again. */
export async function writeThrough(
  fixture: ReplicasFixture,
  leadership: Leadership,
  fault: Fault,
  manner: Manner,
  alone: Alone = (work) => work(),
): Promise<Endured> {
  const host = await leadership.settled(fixture);
  const others = fixture.nodes.filter((node) => node !== host);
  const { outcome, done: leader } = await whileWriting(fixture, manner, async (writes) => {
    await alone(async () => {
      await fault.inflict(host, others);
      if (fault.failsOver === true) await leadership.anotherLeads(others, host);
      // For longer than writes may be lost.
      await writes.goOn(50 + (fault.losesSeconds * 1000) / writers.everyMs);
    });
    await fault.mend?.(host);
    return leadership.settled(fixture);
  });
  return { outcome, failedOver: leader !== host };
}

/** How many acknowledged writes of all clients to those keys may be lost by a fault. */
export function mostLost({ losesSeconds }: Fault): number {
  return (losesSeconds * 1000 * writers.clients) / writers.everyMs;
}
