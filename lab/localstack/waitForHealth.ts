import { waitFor, type Waiting } from "../until.js";

/** Waits until LocalStack says that it is ready. */
export function waitForHealth(endpoint: string, waiting: Waiting = {}): Promise<void> {
  return waitFor(`LocalStack answers on ${endpoint}`, () => isHealthy(endpoint), waiting);
}

async function isHealthy(endpoint: string): Promise<boolean> {
  try {
    const response = await fetch(`${endpoint}/_localstack/health`, { signal: AbortSignal.timeout(2000) });
    const health = (await response.json()) as { services?: Record<string, string> };
    const ec2 = health.services?.ec2;
    return ec2 === "available" || ec2 === "running";
  } catch {
    return false;
  }
}
