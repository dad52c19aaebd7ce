import { existsSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { cacheFolder } from "../cacheFolder.js";
import { ensureDebianPackages } from "../prerequisites.js";
import { repositoryRoot } from "../stateFolder.js";
import { buildOnce } from "./buildOnce.js";
import { runGroup } from "./runGroup.js";

/** Turns a command into the one that runs it somewhere else, or leaves it as it is. */
export type Runner = (file: string, args: readonly string[]) => [file: string, args: string[]];

/** Runs commands on this machine as they are. */
export const onThisMachine: Runner = (file, args) => [file, [...args]];

const suite = "trixie";
const packages = ["ca-certificates", "golang-go", "python3", "python3-venv"];

/**
 * For machines whose own Python or Go is missing or too old: a Debian 13 root with both, built once in the cache folder.
 * Commands run there by chroot, in a mount namespace of their own that ends with them, as one and the same process.
 */
export async function toolRoot(progress: (line: string) => void): Promise<Runner> {
  await ensureDebianPackages(["mmdebstrap", "util-linux"]);
  const root = join(cacheFolder("tools"), `${suite}-${process.arch}`);
  await buildOnce(root, progress, async (draft) => {
    progress("building a Debian 13 root with Python and Go for the lab (once; about a minute)");
    await runGroup("mmdebstrap", ["--quiet", "--variant=minbase", `--include=${packages.join(",")}`, suite, draft], {
      timeout: 10 * 60_000,
    });
  });
  const script = join(import.meta.dirname, "inToolRoot.sh");
  const paths = sharedPaths();
  return (file, args) => [
    "unshare",
    ["--mount", "--propagation", "private", script, root, ...paths, "--", file, ...args],
  ];
}

/** What a command finds inside at the same place as outside: our folders, the user's settings, names and certificates. */
function sharedPaths(): string[] {
  const paths = [
    homedir(),
    tmpdir(),
    cacheFolder(),
    repositoryRoot,
    "/etc/hosts",
    "/etc/pip.conf",
    "/etc/resolv.conf",
    "/etc/ssl/certs",
    "/usr/share/ca-certificates",
    "/usr/local/share/ca-certificates",
  ];
  return paths.filter((path) => existsSync(path));
}
