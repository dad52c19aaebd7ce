import { setTimeout as wait } from "node:timers/promises";
import { cpuMicroseconds } from "./usage.js";
import { waitUntil } from "./waitUntil.js";

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
  await waitUntil("rest", async () => {
    const before = used();
    await wait(windowMs);
    return used() - before <= windowMs * 1000 * mostOfWindow;
  });
}
