import { hostPaths } from "./hostPaths";
import { configFile, type CloudFile } from "./cloudConfig";
import { encodeIni, encodeLines, type Settings } from "./encode";

/** What sets the clock, in Debian's image for EC2 as well (chrony.conf(5)). */
export const timePackage = "chrony";

/** Debian's own unit of it. */
export const timeUnit = "chrony.service";

/** Has chrony follow these servers, and nothing that Debian or DHCP names. */
export function timeFiles(servers: readonly string[]): CloudFile[] {
  const service: Settings = [
    ["EnvironmentFile", hostPaths.timeOptions],
    ["Restart", "on-failure"],
    ["RestartSec", 10],
  ];
  return [
    configFile(hostPaths.timeConfig, chronyConf(servers)),
    // Debian's options, and another file than Debian's: AppArmor lets chrony read none outside of its folder.
    configFile(hostPaths.timeOptions, encodeIni([["", [["DAEMON_OPTS", `-F 1 -f ${hostPaths.timeConfig}`]]]], "=")),
    configFile(hostPaths.timeDropIn, encodeIni([["Service", service]], "=")),
  ];
}

/** As AWS advises for its own (EC2 User Guide, "Set the time reference"), and for each server alike. */
function chronyConf(servers: readonly string[]): string {
  return encodeLines([
    ...servers.map((server) => ["server", `${server} iburst minpoll 4 maxpoll 4`] as const),
    ["driftfile", "/var/lib/chrony/chrony.drift"],
    ["maxupdateskew", "100.0"],
    // Steps the clock when it is far off, but only in the first three updates: later it is slewed.
    ["makestep", "1 3"],
    // It is asked through its Unix socket alone, by root.
    ["cmdport", 0],
  ]);
}
