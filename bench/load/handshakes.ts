import { cpuMicroseconds } from "../../lab/machines/usage.js";
import type { Route } from "../../lab/routes/route.js";
import type { Fixture } from "../../lab/routes/fixture.js";

/** Full TLS 1.3 handshakes, one after another, for each second of processor time that the server end spends. */
export async function handshakesPerCpuSecond(
  { app }: Fixture,
  { address, server, options }: NonNullable<Route["handshake"]>,
  seconds: number,
): Promise<number> {
  const before = cpuMicroseconds(server.pid);
  const client = ["openssl", "s_time", "-connect", address, "-tls1_3", "-new", "-time", String(seconds)];
  const report = await app.run([...client, ...options]);
  const count = Number(/^(\d+) connections in [\d.]+ real seconds/m.exec(report)?.[1]);
  const spent = (cpuMicroseconds(server.pid) - before) / 1e6;
  if (!(count > 0 && spent > 0)) throw new Error(`openssl s_time gave no figures: ${report.slice(-300)}`);
  return count / spent;
}
