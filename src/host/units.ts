import type { LockedCommand } from "../plan/commands";
import { hostPaths, redisAccount } from "../plan/hostPaths";
import type { TunnelEngine } from "../plan/tunnel";
import { encodeIni, type Settings } from "./encode";
import { tunnelProgram } from "./tunnelProgram";

/** The systemd units of the hosts (systemd.unit(5), systemd.exec(5)), by name. */
export const unitNames = {
  firewall: "hipaa-redis-firewall.service",
  secrets: "hipaa-redis-secrets.service",
  refresh: "hipaa-redis-refresh.service",
  refreshTimer: "hipaa-redis-refresh.timer",
  redis: "hipaa-redis-server.service",
  tunnel: "hipaa-redis-tunnel.service",
} as const;

/** Loads the host's firewall before the network is up. */
export function firewallUnit(): string {
  const load = `/usr/sbin/nft --file ${hostPaths.firewallConfig}`;
  return unit(
    [
      ["Description", "HIPAA Redis: host firewall"],
      ["DefaultDependencies", "no"],
      ["Wants", "network-pre.target"],
      ["After", "local-fs.target"],
      ["Before", "network-pre.target shutdown.target"],
      ["Conflicts", "shutdown.target"],
    ],
    [
      ["Type", "oneshot"],
      ["RemainAfterExit", "yes"],
      ["ExecStart", load],
      ["ExecReload", load],
    ],
    "sysinit.target",
  );
}

/** Fetches the secret and only then starts the rest. Where it can't, it says why and tries again. */
export function secretsUnit(): string {
  return unit(
    [
      ["Description", "HIPAA Redis: fetch this host's secret"],
      ["Requires", unitNames.firewall],
      ["Wants", "network-online.target"],
      ["After", `network-online.target ${unitNames.firewall}`],
      ["StartLimitIntervalSec", 0],
    ],
    [
      ["Type", "oneshot"],
      ["RemainAfterExit", "yes"],
      ["EnvironmentFile", hostPaths.environmentFile],
      ["ExecStartPre", `/usr/bin/systemd-tmpfiles --create ${hostPaths.folders}`],
      ["ExecStart", `${hostPaths.scriptsFolder}/refresh-secret boot`],
      // What waited for a secret that failed at first is not started by systemd when a later try succeeds.
      ["ExecStartPost", `/usr/bin/systemctl start --no-block ${unitNames.tunnel}`],
      ["Restart", "on-failure"],
      ["RestartSec", 15],
      ["TimeoutStartSec", 120],
      ["StandardOutput", "journal+console"],
      ["StandardError", "journal+console"],
    ],
    "multi-user.target",
  );
}

/**
 * Redis as its own user, without any network: the tunnel reaches it on its Unix socket. What is renamed gets its
 * secret names before each start.
 */
export function redisUnit(commands: readonly LockedCommand[]): string {
  const renamed = commands.filter(({ treatment }) => treatment === "renamed").map(({ name }) => name);
  return unit(
    [
      ["Description", "HIPAA Redis: Redis"],
      ["Requires", unitNames.secrets],
      ["After", unitNames.secrets],
      ["StartLimitIntervalSec", 0],
    ],
    [
      ["Type", "notify"],
      ["User", redisAccount],
      ["Group", redisAccount],
      ["ExecStartPre", `+${hostPaths.scriptsFolder}/prepare-redis ${renamed.join(" ")}`],
      ["ExecStartPre", `${hostPaths.scriptsFolder}/size-memory ${hostPaths.redisMemory}`],
      ["ExecStart", `/usr/bin/redis-server ${hostPaths.redisConfig}`],
      ["ReadWritePaths", hostPaths.redisFolder],
      ["PrivateNetwork", "yes"],
      ["RestrictAddressFamilies", "AF_UNIX"],
      ...service,
    ],
  );
}

/** The tunnel's program as its own user; on a node also in Redis's group, to open its socket. */
export function tunnelUnit(role: "cache" | "client", engine: TunnelEngine): string {
  const node = role === "cache";
  const program = tunnelProgram(engine);
  return unit(
    [
      ["Description", "HIPAA Redis: TLS tunnel"],
      ["Requires", unitNames.secrets],
      ...(node ? ([["Wants", unitNames.redis]] as const) : []),
      ["After", node ? `${unitNames.secrets} ${unitNames.redis}` : unitNames.secrets],
      ["StartLimitIntervalSec", 0],
    ],
    [
      ["User", program.account],
      ["Group", program.account],
      ...(node ? ([["SupplementaryGroups", redisAccount]] as const) : []),
      ...program.service,
      ["RestrictAddressFamilies", "AF_INET AF_INET6 AF_UNIX"],
      ...service,
    ],
  );
}

/** What every long-running service gets: restarted when it dies, no core dumps, no way to more rights. */
const service: Settings = [
  ["Restart", "always"],
  ["RestartSec", 1],
  ["LimitNOFILE", 65536],
  ["LimitCORE", 0],
  ["UMask", "0077"],
  ["NoNewPrivileges", "yes"],
  ["CapabilityBoundingSet", ""],
  ["ProtectSystem", "strict"],
  ["ProtectHome", "yes"],
  ["PrivateTmp", "yes"],
  ["PrivateDevices", "yes"],
  ["ProtectKernelTunables", "yes"],
  ["ProtectKernelModules", "yes"],
  ["ProtectControlGroups", "yes"],
  ["RestrictNamespaces", "yes"],
  ["RestrictSUIDSGID", "yes"],
  ["LockPersonality", "yes"],
];

function unit(unitSettings: Settings, serviceSettings: Settings, wantedBy?: string): string {
  return encodeIni(
    [
      ["Unit", unitSettings],
      ["Service", serviceSettings],
      ...(wantedBy === undefined ? [] : ([["Install", [["WantedBy", wantedBy]]]] as const)),
    ],
    "=",
  );
}
