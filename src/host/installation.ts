import { releases, type OperatingSystem } from "../plan/operatingSystem";
import type { CloudConfig, CloudFile } from "./cloudConfig";
import { encodeIni } from "./encode";
import { hostScript, unitFile } from "./hostFiles";
import { hostPaths } from "./hostPaths";
import { unitNames } from "./units";

/** Half an hour: a mirror or a NAT gateway that is away for minutes stops no host, and nobody waits for hours for an error. */
const installLimit = "30min";

/** Has cloud-init install packages from the mirrors that the image names. */
export function installation(packages: readonly string[]): CloudConfig {
  return { package_update: true, packages };
}

/** The same, after everything that the image has is brought up to date: it may be old. */
export function upToDate(packages: readonly string[]): CloudConfig {
  return { ...installation(packages), package_upgrade: true };
}

/** What tries again where cloud-init, which tries once, could not. */
export function installFiles(operatingSystem: OperatingSystem, packages: readonly string[]): CloudFile[] {
  return [installScript(operatingSystem), unitFile(unitNames.install, installUnit(packages))];
}

function installScript(operatingSystem: OperatingSystem): CloudFile {
  const script = hostScript("install-packages");
  if (releases[operatingSystem].takesFileOfSubcommand) return script;
  return {
    ...script,
    content: script.content.replace("cloud-init single --file $stay", "cloud-init --file $stay single"),
  };
}

/** Waits for the packages, so that what comes behind it in user data finds them; where they are there, that is at once. */
export const installCommands: readonly (readonly string[])[] = [["systemctl", "enable", "--now", unitNames.install]];

/**
 * The script tries again by itself: systemd's `Restart=` ends the wait of who started the unit at the first failure, and apt's
 * `Acquire::Retries` is for a mirror that is not reached, not for one that answers with an error or has a part of an update. Without the
 * packages no secret is fetched. The second start in an hour is refused, or whatever needs it would wait as long once more.
 */
function installUnit(packages: readonly string[]): string {
  return encodeIni(
    [
      [
        "Unit",
        [
          ["Description", "HIPAA Redis: install packages"],
          ["Wants", "network-online.target"],
          ["After", "network-online.target"],
          ["Before", unitNames.secrets],
          ["StartLimitIntervalSec", "1h"],
          ["StartLimitBurst", 1],
        ],
      ],
      [
        "Service",
        [
          ["Type", "oneshot"],
          ["RemainAfterExit", "yes"],
          ["Environment", "DEBIAN_FRONTEND=noninteractive"],
          ["ExecStart", `${hostPaths.scriptsFolder}/install-packages ${packages.join(" ")}`],
          ["TimeoutStartSec", installLimit],
          ["StandardOutput", "journal+console"],
          ["StandardError", "journal+console"],
        ],
      ],
      ["Install", [["RequiredBy", unitNames.secrets]]],
    ],
    "=",
  );
}
