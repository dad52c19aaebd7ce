import { putBenchmarkValue } from "../../lab/load/redisBenchmark.js";
import type { Fixture } from "../../lab/routes/fixture.js";
import { openFixture } from "../../lab/routes/openFixture.js";
import { openTunnel } from "../../lab/routes/openTunnel.js";
import type { TunnelRoute } from "../../lab/routes/route.js";
import { tunnelPrograms, type TunnelPrograms } from "../../lab/routes/tunnelPrograms.js";
import { serverPrograms } from "../../lab/servers/serverPrograms.js";
import type { EngineVersion } from "../../src/plan/engine.js";
import type { OperatingSystem } from "../../src/plan/operatingSystem.js";
import { tunnelEngines, type TunnelEngine } from "../../src/plan/tunnel.js";

/** Two hosts of one release, a server on one of them, and each tunnel between them. */
export interface Place {
  readonly server: EngineVersion;
  readonly operatingSystem: OperatingSystem;
  readonly fixture: Fixture;
  /** Whose openssl shakes hands: the same wherever. */
  readonly clients: TunnelPrograms;
  readonly routes: ReadonlyMap<TunnelEngine, TunnelRoute>;
  /** The packages' programs, as they tell their versions themselves. */
  readonly versions: Readonly<Record<TunnelEngine | "OpenSSL" | "server", string>>;
}

/** It has every group. */
const clientRelease: OperatingSystem = "debian-13";

/** By the packages of its release, whatever this machine runs. */
export async function openPlace(server: EngineVersion, progress: (line: string) => void): Promise<Place> {
  const served = await serverPrograms(server);
  const { operatingSystem } = served;
  const fixture = await openFixture("apart", { allowScripting: false, programs: served });
  try {
    const programs = await tunnelPrograms(operatingSystem, fixture, progress);
    const routes = new Map<TunnelEngine, TunnelRoute>();
    for (const tunnel of tunnelEngines) {
      const route = await openTunnel(fixture, tunnel, "both", programs);
      await putBenchmarkValue(fixture, route);
      routes.set(tunnel, route);
    }
    const versions = await versionsOf(fixture, programs, served.server);
    const clients =
      operatingSystem === clientRelease ? programs : await tunnelPrograms(clientRelease, fixture, progress);
    return { server, operatingSystem, fixture, clients, routes, versions };
  } catch (error) {
    await fixture.stop();
    throw error;
  }
}

async function versionsOf(
  { app }: Fixture,
  programs: TunnelPrograms,
  server: readonly string[],
): Promise<Place["versions"]> {
  const told = async (command: readonly string[], version: RegExp): Promise<string> => {
    const text = await app.run(["sh", "-c", '"$@" 2>&1', "sh", ...command]);
    const [, found] = version.exec(text) ?? [];
    if (found === undefined) throw new Error(`${command.join(" ")} tells no version: ${text.slice(0, 200)}`);
    return found;
  };
  const behind = programs.behind(app);
  return {
    server: await told([...server, "--version"], / v=(\d[\d.]+)/),
    haproxy: await told([...behind, "haproxy", "-v"], /version (\d[\d.]+\d)/),
    stunnel: await told([...behind, "stunnel4", "-version"], /stunnel (\d[\d.]+\d)/),
    OpenSSL: await told([...behind, "openssl", "version"], /^OpenSSL (\d[\d.]+\d)/),
  };
}
