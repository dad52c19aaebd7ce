import { lstatSync, readdirSync, readlinkSync, type Stats } from "node:fs";
import { delimiter, dirname, isAbsolute, join, sep } from "node:path";

/** Nothing but Node.js itself is loaded here: this runs before any other file of the package, or of what it depends on, does. */

/** Why this may not run as root: a part of what would run can be changed by others. None for who isn't root. */
export function refusalOfRoot(): string | undefined {
  if (!isRoot()) return undefined;
  const [, program = __filename] = process.argv;
  const found =
    othersPart(process.execPath) ??
    othersPart(program) ??
    packagesOf(__filename)
      .map(othersPartWithin)
      .find((part) => part !== undefined);
  if (found === undefined) return undefined;
  return [
    `This does not run as root here: others than root can change ${found}, and so what root would run.`,
    "Run it as yourself: with --ssh, or print a script with --print-script and hand that to root (docs/verify.md).",
  ].join("\n");
}

/** Leaves root no program that others can change: npx puts folders of the project that it is called in first. */
export function keepRootsPath(): void {
  const { PATH } = process.env;
  if (!isRoot() || PATH === undefined) return;
  process.env.PATH = PATH.split(delimiter)
    .filter((folder) => isAbsolute(folder) && othersPart(folder) === undefined)
    .join(delimiter);
}

/**
 * Where root may write: a link that others have laid there would lead root elsewhere.
 *
 * @throws Error that names the option, when others than root can change what is there.
 */
export function refuseOthersPlace(option: string, path: string): void {
  const found = isRoot() ? othersPartWithin(path) : undefined;
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

/** The same of a folder, and of everything in it. */
function othersPartWithin(folder: string): string | undefined {
  const found = othersPart(folder);
  if (found !== undefined || lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    return found;
  // With file types it doesn't follow links to folders, which may lead in a circle.
  for (const { parentPath, name } of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(parentPath, name);
    const stats = lstatSync(path);
    if (stats.uid !== 0 || isWritable(stats)) return path;
    const beyond = stats.isSymbolicLink() ? othersPart(path) : undefined;
    if (beyond !== undefined) return beyond;
  }
  return undefined;
}

/** The folders with all that may be loaded: the outermost `node_modules` that a file of ours is in, else our own and the one beside it. */
function packagesOf(file: string): string[] {
  const [before = "", ...more] = file.split(`${sep}node_modules${sep}`);
  if (more.length > 0) return [join(before, "node_modules")];
  const own = dirname(dirname(file));
  return [own, join(own, "..", "node_modules")];
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
