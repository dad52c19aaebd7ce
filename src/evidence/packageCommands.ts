import { hostPackages } from "../host/hostFiles";
import { nodePackages } from "../host/nodeUserData";
import { unitNames } from "../host/units";
import type { HostKind } from "../plan/hostKinds";
import type { SecurityFix } from "../plan/serverVersions";
import type { Engine } from "../plan/engine";
import type { TunnelEngine } from "../plan/tunnel";
import { serverVersionCommand } from "./serverVersion";

/** What tells the state of a host's packages, by the host's own lists of Debian's archives: nothing is asked for over the network. */
export const packageCommands = {
  /** Of each package that is asked for: its name, version and state. */
  installed: (packages: readonly string[]) =>
    `dpkg-query --show --showformat='\${Package} \${Version} \${db:Status-Status}\\n' ${packages.join(" ")} 2>/dev/null || true`,
  /** The version that apt would install, and which archives have which version. */
  policy: (packages: readonly string[]) => `apt-cache ${noCacheFiles} policy ${packages.join(" ")}`,
  /** What an upgrade of everything would do. */
  upgrade: () => `apt-get ${noCacheFiles} --simulate dist-upgrade`,
  /** When the archives were as the lists have them (their files Release). */
  archives: () =>
    "grep --with-filename --extended-regexp '^(Label|Codename|Date|Valid-Until): ' /var/lib/apt/lists/*Release",
  /** When Debian made the installed version, by the changelog that came with it. */
  changelogs: (packages: readonly string[]) =>
    `for name in ${packages.join(" ")}; do for file in /usr/share/doc/$name/changelog.Debian.gz /usr/share/doc/$name/changelog.gz; do [ ! -e "$file" ] || echo "$name $(zcat "$file" | sed --quiet 's/^ -- .*>  //p' | head --lines=1)"; done; done`,
  /** The last run that has come to its end: our own unit's on a node, Debian's own on an app host. */
  lastRun: () =>
    `journalctl --no-pager --quiet --output=json --output-fields=UNIT --lines=1 _PID=1 UNIT=${unitNames.updates} UNIT=apt-daily-upgrade.service JOB_RESULT=done MESSAGE_ID=39f53479d3a045ac8e11786248231fbf`,
  /** Debian's own word that a restart is due, and the kernel that runs beside the newest that is there. */
  reboot: () =>
    "[ ! -e /run/reboot-required ] || echo required; uname --kernel-release; ls /boot | sed --quiet 's/^vmlinuz-//p' | sort --version-sort | tail --lines=1",
  /** Whether a node's server has the last security fix that is known of it; of an app host there is nothing to say. */
  server: (_packages: readonly string[], fix?: SecurityFix) => (fix === undefined ? "true" : serverVersionCommand(fix)),
} as const;

/** Else apt would write anew what it keeps of its lists. */
const noCacheFiles = "--option Dir::Cache::pkgcache= --option Dir::Cache::srcpkgcache=";

/** Debian 12's name and Debian 13's; what a host does not have is left out. */
const tlsLibraries = ["libssl3", "libssl3t64"];

/** What this library installs on a host, and what its tunnel and agent stand on. */
export function watchedPackages(target: HostKind, tunnel: TunnelEngine, engine: Engine): string[] {
  const ours = target === "cache" ? nodePackages(tunnel, engine) : hostPackages(tunnel);
  return [...ours, "openssl", ...tlsLibraries, "openssh-server", "sudo"];
}
