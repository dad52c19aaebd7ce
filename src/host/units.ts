import { hostPaths } from "./hostPaths";
import { encodeIni, type Sections, type Settings } from "./encode";
import { rootSandbox, secretSandbox } from "./sandbox";

/** The systemd units of the hosts (systemd.unit(5), systemd.exec(5)), by name. */
export const unitNames = {
  firewall: "hipaa-redis-firewall.service",
  secrets: "hipaa-redis-secrets.service",
  /** systemd asks that a mount be named as its folder is, `-` escaped (systemd.mount(5)). */
  redisFolder: `${hostPaths.redisFolder.slice(1).replaceAll("-", "\\x2d").replaceAll("/", "-")}.mount`,
  updates: "hipaa-redis-updates.service",
  updatesTimer: "hipaa-redis-updates.timer",
  packages: "hipaa-redis-packages.service",
  install: "hipaa-redis-install.service",
  refresh: "hipaa-redis-refresh.service",
  refreshTimer: "hipaa-redis-refresh.timer",
  redis: "hipaa-redis-server.service",
  tunnel: "hipaa-redis-tunnel.service",
  sentinel: "hipaa-redis-sentinel.service",
  health: "hipaa-redis-health.service",
  idle: "hipaa-redis-idle.service",
  cluster: "hipaa-redis-cluster.service",
  appRole: "hipaa-redis-app-role.service",
  appRoleTimer: "hipaa-redis-app-role.timer",
  port: "hipaa-redis-port.socket",
  portService: "hipaa-redis-port.service",
} as const;

const loadFirewall = `/usr/sbin/nft --file ${hostPaths.firewallConfig}`;

/** Loads the host's firewall before the network is up, and from then on is there for whatever has to be wanted. */
export function firewallUnit(wants: readonly string[]): string {
  return serviceUnit(
    [
      ["Description", "HIPAA Redis: host firewall"],
      ["DefaultDependencies", "no"],
      ["Wants", ["network-pre.target", ...wants].join(" ")],
      ["After", "local-fs.target"],
      ["Before", "network-pre.target shutdown.target"],
      ["Conflicts", "shutdown.target"],
    ],
    [
      ["Type", "oneshot"],
      ["RemainAfterExit", "yes"],
      ["ExecStart", loadFirewall],
      ["ExecReload", loadFirewall],
      ["RestrictAddressFamilies", "AF_NETLINK AF_UNIX"],
      ...rootSandbox(["CAP_NET_ADMIN"]),
    ],
    "sysinit.target",
  );
}

/**
 * An app host's owner may use Debian's own unit. Its file begins with `flush ruleset`, and it flushes all rules when it is
 * stopped: whenever it has done so, ours are loaded again.
 */
export function afterPackagedFirewall(): string {
  const hooks = ["ExecStartPost", "ExecReload", "ExecStopPost"] as const;
  return encodeIni([["Service", hooks.map((hook) => [hook, loadFirewall] as const)]], "=");
}

/**
 * Fetches the secret and only then starts the rest. Where it can't, it says why and tries again.
 *
 * @param scriptArchiveSum of the scripts that come with it, where any do.
 * @param first what comes before, outside of the sandbox.
 */
export function secretsUnit(scriptArchiveSum?: string, first: Settings = []): string {
  return serviceUnit(
    [
      ["Description", "HIPAA Redis: fetch this host's secret"],
      ["Requires", unitNames.firewall],
      ["Wants", "network-online.target"],
      ["After", `network-online.target ${unitNames.firewall}`],
      // On a node that is a mount; elsewhere there is nothing to wait for.
      ["RequiresMountsFor", hostPaths.redisFolder],
      ["StartLimitIntervalSec", 0],
    ],
    [
      ["Type", "oneshot"],
      ["RemainAfterExit", "yes"],
      ["EnvironmentFile", hostPaths.environmentFile],
      // Outside of the sandbox, which needs the folders to be there.
      ["ExecStartPre", `+/usr/bin/systemd-tmpfiles --create ${hostPaths.folders}`],
      ...first,
      ["ExecStart", `${hostPaths.scriptsFolder}/refresh-secret boot`],
      // Outside of the sandbox, which lets nobody write where programs are.
      ...(scriptArchiveSum === undefined
        ? []
        : [["ExecStartPost", `+${hostPaths.scriptsFolder}/unpack-scripts ${scriptArchiveSum}`] as const]),
      // What waited for a secret that failed at first is not started by systemd when a later try succeeds.
      ["ExecStartPost", `/usr/bin/systemctl start --no-block ${unitNames.tunnel}`],
      ["Restart", "on-failure"],
      ["RestartSec", 15],
      ["TimeoutStartSec", 120],
      ["StandardOutput", "journal+console"],
      ["StandardError", "journal+console"],
      ...secretSandbox,
    ],
    "multi-user.target",
  );
}

/** A service's file. */
export function serviceUnit(unitSettings: Settings, serviceSettings: Settings, wantedBy?: string): string {
  const sections: Sections = [
    ["Unit", unitSettings],
    ["Service", serviceSettings],
  ];
  const install: Sections = wantedBy === undefined ? [] : [["Install", [["WantedBy", wantedBy]]]];
  return encodeIni([...sections, ...install], "=");
}
