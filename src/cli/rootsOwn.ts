import { lstatSync, readdirSync, readlinkSync, realpathSync, statSync, type Stats } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, isAbsolute, join, sep } from "node:path";

/** Nothing but Node.js itself is loaded here: this runs before any other file of the package, or of what it depends on, does. */

/** Why this may not run as root: a part of what would run can be changed by others. None for who isn't root. */
export function refusalOfRoot(): string | undefined {
  if (!isRoot()) return undefined;
  const [, program = __filename] = process.argv;
  const found = othersPart(process.execPath) ?? othersPart(program) ?? othersPackage(__filename);
  if (found === undefined) return undefined;
  return [
    `This does not run as root here: others than root can change ${found}, so root could run their code.`,
    "Run it as yourself: with --ssh, or print a script with --print-script and hand that to root (docs/verify.md).",
  ].join("\n");
}

/** Leaves root no program that others can change: npx puts folders of the project that it is called in first. */
export function keepRootsPath(): void {
  const { PATH } = process.env;
  if (!isRoot() || PATH === undefined) return;
  const folders = PATH.split(delimiter).filter((folder) => isAbsolute(folder) && othersPart(folder) === undefined);
  // An empty one is the current folder, whosever that is (execvp(3)).
  process.env.PATH = folders.length === 0 ? systemsPath : folders.join(delimiter);
}

const systemsPath = "/usr/sbin:/usr/bin:/sbin:/bin";

/**
 * Where root may write: a link that others have laid there would lead root elsewhere.
 *
 * @throws Error that names the option, when others than root can change what is there.
 */
export function refuseOthersPlace(option: string, path: string): void {
  const found = isRoot() ? othersPartWithin([path]) : undefined;
  if (found === undefined) return;
  throw new Error(
    `${option}: others than root can change ${found}. Give a place that is root's own, or run this as yourself.`,
  );
}

/** The first part of a path that others than root can change, symbolic links followed one by one; none where there is none. */
export function othersPart(path: string): string | undefined {
  const parts = (isAbsolute(path) ? path : join(process.cwd(), path)).split(sep);
  let folder: string = sep;
  let links = 0;
  while (parts.length > 0) {
    const next = join(folder, parts.shift() ?? "");
    const stats = lstatSync(next, { throwIfNoEntry: false });
    // What isn't there yet is made by whoever may write to the folder.
    if (stats === undefined) return isWritable(lstatSync(folder)) ? folder : undefined;
    if (stats.uid !== 0 || (isWritable(stats) && !(isSticky(stats) && parts.length > 0))) return next;
    if (!stats.isSymbolicLink()) folder = next;
    else {
      const target = readlinkSync(next);
      if (++links > mostLinks) return next;
      if (isAbsolute(target)) folder = sep;
      parts.unshift(...target.split(sep));
    }
  }
  return undefined;
}

/** As many as the kernel follows (path_resolution(7)). */
const mostLinks = 40;

/**
 * What others can change of all that Node.js may load for a file of ours: for what is missing it goes on to the `node_modules` of every folder
 * above, to `NODE_PATH` and to the home folder ("Loading from the global folders"). So a place that others could only make counts as well.
 */
export function othersPackage(file: string): string | undefined {
  return othersPartWithin([dirname(dirname(file)), ...searched(file)], searched);
}

/** The same of places and of everything in them, in what links there lead to, and in what goes with each such target. */
function othersPartWithin(
  begin: readonly string[],
  goesWith: (target: string) => readonly string[] = () => [],
): string | undefined {
  // Grows while it is gone through. Each place is in it once, so that links in a circle come to an end.
  const places = new Set(begin);
  for (const place of places) {
    const found = othersPart(place);
    if (found !== undefined) return found;
    if (statSync(place, { throwIfNoEntry: false })?.isDirectory() !== true) continue;
    // With file types it follows no links.
    for (const { parentPath, name } of readdirSync(realpathSync(place), {
      recursive: true,
      withFileTypes: true,
    })) {
      const path = join(parentPath, name);
      const stats = lstatSync(path);
      if (stats.uid !== 0 || isWritable(stats)) return path;
      if (!stats.isSymbolicLink()) continue;
      const beyond = othersPart(path);
      if (beyond !== undefined) return beyond;
      if (statSync(path, { throwIfNoEntry: false }) === undefined) continue;
      const target = realpathSync(path);
      for (const more of [target, ...goesWith(target)]) places.add(more);
    }
  }
  return undefined;
}

/** Where Node.js looks for the packages that a file asks for. */
function searched(file: string): string[] {
  return createRequire(file).resolve.paths("package") ?? [];
}

function isRoot(): boolean {
  return process.geteuid?.() === 0;
}

/** Whether others than its owner may write to it; everybody may write to a link, and nobody can change one. */
function isWritable(stats: Stats): boolean {
  return !stats.isSymbolicLink() && (stats.mode & 0o022) !== 0;
}

/** Where others may make files, but not change root's, such as /tmp. */
function isSticky(stats: Stats): boolean {
  return stats.isDirectory() && (stats.mode & 0o1000) !== 0;
}
