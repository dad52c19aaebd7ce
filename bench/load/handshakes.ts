import { cpuMicroseconds } from "../../lab/machines/usage.js";
import type { Route } from "../../lab/routes/route.js";
import type { Fixture } from "../../lab/routes/fixture.js";

type Handshake = NonNullable<Route["handshake"]>;

/** Whose openssl shakes hands, by default this machine's own, and by which settings. */
export interface HandshakeClient {
  readonly behind?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Full TLS 1.3 handshakes, one after another, for each second of processor time that the server end spends. */
export async function handshakesPerCpuSecond(fixture: Fixture, handshake: Handshake, seconds: number): Promise<number> {
  return 1e6 / (await handshakeCpuMicroseconds(fixture, handshake, seconds)).server;
}

/** Processor time for a full TLS 1.3 handshake, of the server end and of openssl itself, of which only its own work counts. */
export async function handshakeCpuMicroseconds(
  { app }: Fixture,
  { address, server, options }: Handshake,
  seconds: number,
  { behind = [], env = {} }: HandshakeClient = {},
): Promise<{ readonly server: number; readonly client: number }> {
  const before = cpuMicroseconds(server.pid);
  const client = ["openssl", "s_time", "-connect", address, "-tls1_3", "-new", "-time", String(seconds)];
  const report = await app.run([...behind, ...client, ...options], { env });
  const count = Number(/^(\d+) connections in [\d.]+ real seconds/m.exec(report)?.[1]);
  const clientSeconds = Number(/^\d+ connections in ([\d.]+)s;/m.exec(report)?.[1]);
  const spent = cpuMicroseconds(server.pid) - before;
  if (!(count > 0 && spent > 0 && clientSeconds > 0))
    throw new Error(`openssl s_time gave no figures: ${report.slice(-300)}`);
  return { server: spent / count, client: (clientSeconds * 1e6) / count };
}
