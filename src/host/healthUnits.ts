import { healthTimes } from "../plan/health";
import type { CloudFile } from "./cloudConfig";
import { hostScript, unitFile } from "./hostFiles";
import { hostPaths } from "./hostPaths";
import { rootSandbox } from "./sandbox";
import { serviceUnit, unitNames } from "./units";

/** What reports how a node does, where there are several. */
export function healthFiles(isOfCluster = false): CloudFile[] {
  return [hostScript("report-health", "report-health", isOfCluster), unitFile(unitNames.health, healthUnit())];
}

export const startHealth = ["systemctl", "enable", "--now", unitNames.health] as const;

function healthUnit(): string {
  const { lookSeconds, reportSeconds } = healthTimes;
  return serviceUnit(
    [
      ["Description", "HIPAA Redis: report how this node does"],
      ["StartLimitIntervalSec", 0],
    ],
    [
      ["EnvironmentFile", hostPaths.environmentFile],
      ["ExecStart", `${hostPaths.scriptsFolder}/report-health ${lookSeconds} ${reportSeconds}`],
      // What it could not report it reports when it looks again.
      ["Restart", "always"],
      ["RestrictAddressFamilies", "AF_INET AF_INET6 AF_UNIX AF_NETLINK"],
      // Redis's folder is Redis's alone.
      ...rootSandbox(["CAP_DAC_OVERRIDE"]),
    ],
    "multi-user.target",
  );
}
