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

/** Installs Debian's security updates, and nothing else, in a window; and records what is installed. */
/** `turn` is a node's place among others, which take updates one after the other. */
export function updateFiles(window: string, turn?: number): CloudFile[] {
  return [
    configFile(hostPaths.aptConfig, aptConf),
    hostScript("restart-updated"),
    unitFile(unitNames.updates, updatesUnit(turn)),
    unitFile(unitNames.updatesTimer, timer(window, turn)),
    ...(turn === undefined ? [] : [hostScript("wait-for-peers")]),
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

function updatesUnit(turn: number | undefined): string {
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
      ["TimeoutStartSec", turn === undefined ? "1h" : "8h"],
    ],
  );
}

/** By then the node before it has come back, as the script makes sure of; a kernel's restart takes minutes. */
const turnMinutes = 60;

function inTurn(turn: number): Settings {
  return [
    ...(turn === 0 ? [] : [["ExecStartPre", `/usr/bin/sleep ${turn * turnMinutes}m`] as const]),
    ["ExecStartPre", `${hostPaths.scriptsFolder}/wait-for-peers`],
  ];
}

function timer(window: string, turn: number | undefined): string {
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
