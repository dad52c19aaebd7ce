import { hostPaths } from "./hostPaths";
import type { Settings } from "./encode";

/**
 * What none of our services can do (systemd.exec(5), systemd.resource-control(5)). `systemd-analyze security` counts it; the
 * few exceptions stand with the unit that needs them, each with its reason.
 */
const everyService: Settings = [
  // No way to more rights than it begins with.
  ["NoNewPrivileges", "yes"],
  ["RestrictSUIDSGID", "yes"],
  ["RestrictNamespaces", "yes"],
  ["LockPersonality", "yes"],
  // No code but what packages have installed: nothing that was written or downloaded can run.
  ["MemoryDenyWriteExecute", "yes"],
  ["NoExecPaths", "/"],
  ["ExecPaths", "/usr"],
  ["SystemCallArchitectures", "native"],
  ["SystemCallFilter", "@system-service"],
  ["SystemCallErrorNumber", "EPERM"],
  ["RestrictRealtime", "yes"],
  // Nothing can be written but what ReadWritePaths names, so that no PHI and no key reaches the disk.
  ["ProtectSystem", "strict"],
  ["ProtectHome", "yes"],
  ["LimitCORE", 0],
  ["MemorySwapMax", 0],
  ["UMask", "0077"],
  // A private /tmp would be a folder on the disk.
  ["PrivateTmp", "yes"],
  ["InaccessiblePaths", "/tmp /var/tmp -/dev/shm -/dev/mqueue"],
  // Nothing of the kernel, the hardware or other services.
  ["PrivateDevices", "yes"],
  ["PrivateIPC", "yes"],
  ["ProtectClock", "yes"],
  ["ProtectControlGroups", "yes"],
  ["ProtectHostname", "yes"],
  ["ProtectKernelLogs", "yes"],
  ["ProtectKernelModules", "yes"],
  ["ProtectKernelTunables", "yes"],
  ["KeyringMode", "private"],
];

/** Where a service tells systemd that it is ready (sd_notify(3)). */
const notifySocket = "/run/systemd/notify";

/** For what runs as long as the host does, as a user of its own. */
export const serviceSandbox: Settings = [
  ...everyService,
  ["CapabilityBoundingSet", ""],
  ["PrivateUsers", "yes"],
  ["ProtectProc", "invisible"],
  ["RemoveIPC", "yes"],
  // No socket of the system's: not D-Bus, nor a resolver, nor the host's own journal.
  ["TemporaryFileSystem", "/run:ro"],
  // What a unit has run outside of its sandbox sees the same, and writes to it: what is in the sandbox can't (ProtectSystem).
  ["BindPaths", `${hostPaths.runFolder} ${notifySocket}`],
  ["SystemCallFilter", "~@privileged @resources"],
];

/** For what runs as root, and briefly: with the capabilities that it needs (capabilities(7)) and no other. */
export function rootSandbox(capabilities: readonly string[]): Settings {
  return [...everyService, ["CapabilityBoundingSet", capabilities.join(" ")]];
}

/** For what fetches a secret and gives each of its files to the one who may read it. */
export const secretSandbox: Settings = [
  ["ReadWritePaths", `-${hostPaths.runFolder}`],
  ["RestrictAddressFamilies", "AF_INET AF_INET6 AF_UNIX AF_NETLINK"],
  ...rootSandbox(["CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER"]),
];
