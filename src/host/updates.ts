import type { ShardPlace } from "../plan/placement";
import { hostPaths } from "./hostPaths";
import { configFile, type CloudFile } from "./cloudConfig";
import { encodeIni, type Settings } from "./encode";
import { hostScript, unitFile } from "./hostFiles";
import { rootSandbox } from "./sandbox";
import { serviceUnit, unitNames } from "./units";

/** Debian's package that knows which updates are for security (wiki.debian.org, "UnattendedUpgrades"). */
export const updatesPackage = "unattended-upgrades";

/** Debian runs it at a time of its own, with a configuration of its own. */
export const packagedTimers = ["apt-daily.timer", "apt-daily-upgrade.timer"];

/** When a node takes updates, where there are several: they take them one after the other. */
export interface UpdateTurn {
  /** After the window's begin. */
  readonly afterMinutes: number;
  /** What waits until no other node is away. */
  readonly waitsBy: "wait-for-peers" | "cluster-well";
  readonly mostHours: number;
}

/** Installs Debian's security updates, and nothing else, in a window; and records what is installed. */
export function updateFiles(window: string, turn?: UpdateTurn): CloudFile[] {
  return [
    configFile(hostPaths.aptConfig, aptConf),
    hostScript("restart-updated"),
    unitFile(unitNames.updates, updatesUnit(turn)),
    unitFile(unitNames.updatesTimer, timer(window, turn)),
    ...(turn?.waitsBy === "wait-for-peers" ? [hostScript("wait-for-peers")] : []),
    unitFile(unitNames.packages, packagesUnit()),
  ];
}

/** A new kernel is taken up by a restart in the same window: a cache is disposable, a hole in its kernel is not. */
const aptConf = `\
#clear Unattended-Upgrade::Origins-Pattern;
Unattended-Upgrade::Origins-Pattern { "origin=Debian,codename=\${distro_codename}-security,label=Debian-Security"; };
Unattended-Upgrade::Automatic-Reboot "true";
Unattended-Upgrade::Automatic-Reboot-WithUsers "true";
Dpkg::Options { "--force-confdef"; "--force-confold"; };
`;

function updatesUnit(turn: UpdateTurn | undefined): string {
  return serviceUnit(
    [
      ["Description", "HIPAA Redis: install security updates"],
      ["Wants", "network-online.target"],
      ["After", "network-online.target"],
    ],
    [
      ["Type", "oneshot"],
      ["Environment", "DEBIAN_FRONTEND=noninteractive"],
      ...(turn === undefined ? [] : inTurn(turn)),
      // Without the lists of today there is nothing to say about today's updates.
      ["ExecStart", "/usr/bin/apt-get update --quiet --option APT::Update::Error-Mode=any"],
      ["ExecStart", "/usr/bin/unattended-upgrade --verbose"],
      ["ExecStart", `${hostPaths.scriptsFolder}/restart-updated`],
      ["ExecStart", `/usr/bin/systemctl start ${unitNames.packages}`],
      ["TimeoutStartSec", `${turn?.mostHours ?? 1}h`],
    ],
  );
}

function inTurn({ afterMinutes, waitsBy }: UpdateTurn): Settings {
  return [
    ...(afterMinutes === 0 ? [] : [["ExecStartPre", `/usr/bin/sleep ${afterMinutes}m`] as const]),
    ["ExecStartPre", `${hostPaths.scriptsFolder}/${waitsBy}`],
  ];
}

/** By then the node before it has come back, as the script makes sure of; a kernel's restart takes minutes. */
const turnMinutes = 60;

/** The turn of one of the nodes with replicas, by its number. */
export function turnAmongReplicas(node: number): UpdateTurn {
  return { afterMinutes: node * turnMinutes, waitsBy: "wait-for-peers", mostHours: 8 };
}

/** How many turns those shards share whose nodes have the same number, so that at no time most primaries are away, and how far they are apart. */
const shardTurns = { count: 6, minutes: 20 };

/**
 * The turn of a node of shards: those of one shard have theirs hours from each other. Nodes of several shards may have the same, where there
 * are more than six: each hands over before it stops.
 */
export function turnAmongShards({ shard, replica }: ShardPlace): UpdateTurn {
  const { count, minutes } = shardTurns;
  const turn = replica * count + (shard % count);
  return { afterMinutes: turn * minutes, waitsBy: "cluster-well", mostHours: 14 };
}

function timer(window: string, turn: UpdateTurn | undefined): string {
  return encodeIni(
    [
      ["Unit", [["Description", "HIPAA Redis: window for security updates"]]],
      [
        "Timer",
        [
          ["OnCalendar", `${window} UTC`],
          ["RandomizedDelaySec", turn === undefined ? "30min" : "15min"],
        ],
      ],
      ["Install", [["WantedBy", "timers.target"]]],
    ],
    "=",
  );
}

/** Tells the journal every package with its version, at boot and after each run of updates. */
function packagesUnit(): string {
  const format = "hipaa-redis: installed $${binary:Package} $${Version}\\n";
  return serviceUnit(
    [["Description", "HIPAA Redis: record what is installed"]],
    [
      ["Type", "oneshot"],
      ["ExecStart", `/usr/bin/dpkg-query --show '--showformat=${format}'`],
      ["PrivateNetwork", "yes"],
      ["RestrictAddressFamilies", "AF_UNIX"],
      ...rootSandbox([]),
    ],
    "multi-user.target",
  );
}
