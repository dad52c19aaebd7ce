import type { Host } from "../hosts/index.js";

/** For sh(1): comes to an end when somebody listens on a TCP port, and fails where nobody does within ten minutes. */
export function waitUntilListens(port: number, address = ""): string {
  return `timeout 600 sh -c 'until ss -Hltn src ${address}:${port} | grep -q .; do sleep 0.1; done'`;
}

/** Waits until somebody listens on a TCP port of a host. */
export async function listens(host: Host, port: number): Promise<void> {
  const { exitCode } = await host.exec(["sh", "-c", waitUntilListens(port)]);
  if (exitCode !== 0) throw new Error(`Nobody listens on port ${port} of ${host.name}.`);
}
