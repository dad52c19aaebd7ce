import { join } from "node:path";
import { repositoryRoot } from "../../lab/stateFolder.js";

/** A folder of root's own on every Debian, in which the checkout is seen for as long as a command lasts. */
const place = "/srv";

const seenIn = `mount --bind "$0" ${place} && exec "$@"`;
const main = "dist/cli/main.js";

/** A command as root runs it in a folder that is seen in root's own place; others run it as it is. */
export function seenAsRootsOwn(folder: string, command: readonly [string, ...string[]]): [string, ...string[]] {
  const script = `mount --bind "$0" ${place} && cd ${place} && exec "$@"`;
  return process.geteuid?.() === 0 ? ["unshare", "--mount", "sh", "-c", script, folder, ...command] : [...command];
}

/**
 * How the built command line is run. It does not run as root from a checkout below a folder in which everybody may make packages,
 * such as /tmp: so root finds the checkout in another place.
 */
export const commandLine: readonly [string, ...string[]] =
  process.geteuid?.() === 0
    ? ["unshare", "--mount", "sh", "-c", seenIn, repositoryRoot, process.execPath, join(place, main)]
    : [process.execPath, join(repositoryRoot, main)];
