import { setTimeout as wait } from "node:timers/promises";
import { cpuMicroseconds } from "../../lab/machines/usage.js";
import { waitFor } from "../../lab/until.js";

const windowMs = 200;

/** Health checks and timers go on at rest. */
const mostOfWindow = 0.1;

/**
 * Waits until processes have done what a load left behind: to end hundreds of connections takes stunnel a second, which
 * would count in what is measured next.
 */
export async function comeToRest(pids: readonly number[]): Promise<void> {
  if (pids.length === 0) return;
  const used = (): number => pids.map(cpuMicroseconds).reduce((sum, one) => sum + one);
  await waitFor("the processes are at rest", async () => {
    const before = used();
    await wait(windowMs);
    return used() - before <= windowMs * 1000 * mostOfWindow;
  });
}
