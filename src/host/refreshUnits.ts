import { hostPaths } from "./hostPaths";
import type { HostKind } from "../plan/hostKinds";
import { encodeIni, type Settings } from "./encode";
import { secretSandbox } from "./sandbox";
import { serviceUnit } from "./units";

/**
 * Looks for a new version of the host's secret, once; an alarm is its failure. A node also tells of the wrong passwords
 * that came in between, and has a Redis that takes no writes any more begin anew. Both look whether the firewall is there.
 */
export function refreshUnit(kind: HostKind): string {
  return serviceUnit(
    [
      ["Description", "HIPAA Redis: take a new secret"],
      // Whoever asks for it gets it, however often.
      ["StartLimitIntervalSec", 0],
    ],
    [
      ["Type", "oneshot"],
      ["EnvironmentFile", hostPaths.environmentFile],
      ["ExecStart", `${hostPaths.scriptsFolder}/refresh-secret refresh`],
      // Also when the refresh fails.
      ...(kind === "cache" ? lookAtRedis : []),
      // As root, outside of the sandbox: it asks the kernel.
      ["ExecStopPost", `+${hostPaths.scriptsFolder}/keep-firewall`],
      ["TimeoutStartSec", 180],
      ...secretSandbox,
    ],
  );
}

const lookAtRedis: Settings = ["count-refusals", "revive-redis"].map((script) => [
  "ExecStopPost",
  `${hostPaths.scriptsFolder}/${script}`,
]);

/** Starts it every so many seconds, whether it failed the last time or not (systemd.timer(5)). */
export function refreshTimer(intervalSeconds: number): string {
  return encodeIni(
    [
      ["Unit", [["Description", "HIPAA Redis: look for a new secret"]]],
      [
        "Timer",
        [
          ["OnActiveSec", intervalSeconds],
          ["OnUnitActiveSec", intervalSeconds],
          ["AccuracySec", "1s"],
        ],
      ],
      ["Install", [["WantedBy", "timers.target"]]],
    ],
    "=",
  );
}
