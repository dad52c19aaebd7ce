import { until } from "../until.js";

const startLimit = 90_000;

/** Waits until LocalStack says that it is ready; `ended` says why it never will be, if so. */
export async function waitForHealth(endpoint: string, ended: () => string | undefined): Promise<void> {
  let reason: string | undefined;
  const settled = await until(
    async () => (await isHealthy(endpoint)) || (reason = ended()) !== undefined,
    startLimit,
    100,
  );
  if (reason !== undefined) throw new Error(`LocalStack ended while it started: ${reason}`);
  if (!settled) throw new Error(`LocalStack did not answer on ${endpoint} within ${startLimit / 1000} s`);
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
