import type { ReplicasFixture } from "../../lab/replicas/openReplicas.js";
import { mostLost, writeThrough, type Alone, type Leadership } from "../../lab/replicas/writeThrough.js";
import type { Case } from "./cases.js";
import type { Measured } from "./figures.js";

/** One run of a case. What no fault may bring about ends the bench. */
export async function measure(
  fixture: ReplicasFixture,
  leadership: Leadership,
  { fault, manner, planned }: Case,
  alone: Alone,
): Promise<Measured> {
  const { outcome, failedOver } = await writeThrough(fixture, leadership, fault, manner, alone);
  const { acknowledged, failed, gapMs, longestFailureMs, lost, wrong, ended } = outcome;
  const refuse = (why: string): never => {
    throw new Error(`When of the primary ${fault.name} (${fixture.choice.tunnel}): ${why}.`);
  };
  if (failedOver !== (fault.failsOver ?? failedOver)) refuse(failedOver ? "another node leads" : "no other node leads");
  if (wrong > 0) refuse(`${wrong} values are other ones than were written`);
  if (ended > 0) refuse(`${ended} clients ended for good`);
  return {
    name: fault.name,
    manner,
    planned,
    tunnel: fixture.choice.tunnel,
    gapMs,
    acknowledged: acknowledged.reduce((sum, count) => sum + count, 0),
    failed,
    longestFailureMs,
    lost: lost.length,
    mayLose: mostLost(fault),
  };
}
