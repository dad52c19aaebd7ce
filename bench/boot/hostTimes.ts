import { monotonicMs, type Host } from "../../lab/hosts/index.js";
import { unitNames } from "../../src/host/units.js";

/** What a host's own records say of its boot, in seconds. */
export interface HostTimes {
  /** From the machine's start until the tunnel's unit is active; the parts below add up to it. */
  readonly tunnel: number;
  /** Until cloud-init begins: systemd and what it starts first. */
  readonly systemd: number;
  readonly packages: number;
  readonly sshHostKeys: number;
  /** Fetching the secret, until its files are in place. */
  readonly secret: number;
  /** From there until the tunnel is active: Redis, on the node, and the tunnel. */
  readonly services: number;
  /** cloud-init's other modules, the firewall, and whatever lies between. */
  readonly rest: number;
}

/** Reads systemd's monotonic timestamps, and what cloud-init's log says of its modules (`cloud-init analyze`). */
export async function hostTimes(host: Host): Promise<HostTimes> {
  const seconds = async (unit: string, property: string): Promise<number> => {
    const shown = await read(host, ["systemctl", "show", "--value", `--property=${property}`, unit]);
    const microseconds = Number(shown);
    if (!(microseconds > 0)) throw new Error(`${host.name}: ${unit} has no ${property}, but "${shown}".`);
    return (microseconds / 1000 - host.startedAtMs) / 1000;
  };
  const began = (unit: string): Promise<number> => seconds(unit, "InactiveExitTimestampMonotonic");
  const active = (unit: string): Promise<number> => seconds(unit, "ActiveEnterTimestampMonotonic");
  const modules = await moduleSeconds(host);
  const fetched = await active(unitNames.secrets);
  const tunnel = await active(unitNames.tunnel);
  const parts = {
    systemd: await began("cloud-init-local.service"),
    packages: modules.get("config-package-update-upgrade-install") ?? 0,
    sshHostKeys: modules.get("config-ssh") ?? 0,
    secret: fetched - (await began(unitNames.secrets)),
    services: tunnel - fetched,
  };
  const rest = tunnel - Object.values(parts).reduce((sum, part) => sum + part, 0);
  return { tunnel, ...parts, rest };
}

/** How long each of cloud-init's modules took, from the events of its log, which begins with the image's own making. */
async function moduleSeconds(host: Host): Promise<Map<string, number>> {
  const dump = await read(host, ["cloud-init", "analyze", "dump"]);
  const events = JSON.parse(dump) as { name: string; event_type: string; timestamp: number }[];
  const bootedAt = (Date.now() - (monotonicMs() - host.startedAtMs)) / 1000;
  const starts = new Map<string, number>();
  const durations = new Map<string, number>();
  for (const { name, event_type, timestamp } of events.filter(({ timestamp }) => timestamp >= bootedAt)) {
    const started = starts.get(name);
    if (event_type === "start") starts.set(name, timestamp);
    else if (started !== undefined) durations.set(name.split("/").at(-1) ?? name, timestamp - started);
  }
  return durations;
}

async function read(host: Host, command: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await host.exec(command);
  if (exitCode !== 0) throw new Error(`${host.name}: ${command.join(" ")}: ${stderr}`);
  return stdout.trim();
}
