import type { SecurityFix } from "../plan/serverVersions";
import { literally, onHost, type Check } from "./check";

const serverVersionShown = "the server has Debian's last security fix that this library knows, or is newer";

/** Prints the version of the server's program, and what it is beside the one that has the fix, by dpkg's own word. */
export function serverVersionCommand({ packageName, version, cves }: SecurityFix): string {
  return [
    `version=$(dpkg-query --show --showformat='\${Version}' ${packageName})`,
    `is="older than"; ! dpkg --compare-versions "$version" ge '${version}' || is="at least"`,
    `echo "${packageName} $version is $is ${version}, which fixes ${cves.join(" ")}"`,
  ].join("; ");
}

/** What the command prints where the server has the fix, as a regular expression. */
export function fixedPrinted({ packageName, version }: SecurityFix): string {
  return String.raw`^${literally(packageName)} \S+ is at least ${literally(version)}, which fixes `;
}

/** The host itself starts none that is older: this sees that it is so, and which one it is. */
export function serverVersionCheck(fix: SecurityFix): Check {
  return onHost(["cache"], serverVersionShown, serverVersionCommand(fix), fixedPrinted(fix));
}
