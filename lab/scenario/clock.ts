import type { Host } from "../hosts/index.js";
import { until } from "../until.js";

/**
 * Shell text that holds where a node's clock follows a server. chrony begins anew once it has slept for ten seconds too long, as where the machine
 * stood still.
 */
export const followsTime = "chronyc -c -n tracking | cut --delimiter=, --fields=14 | grep --quiet --line-regexp Normal";

const mostMs = 180_000;

/** Waits for the clock of a node; where it follows no server in time, whoever looks next finds that. */
export async function letClockFollow(node: Host): Promise<void> {
  await until(async () => (await node.exec(["sh", "-c", followsTime])).exitCode === 0, mostMs, 500);
}
