import { mkdirSync } from "node:fs";
import { join } from "node:path";

/** The root of the checkout. */
export const repositoryRoot = join(import.meta.dirname, "..");

/** A folder under `.lab/` for what one run leaves and `--down` takes away: state, pids, overlays, keys. */
export function stateFolder(...parts: string[]): string {
  const folder = join(repositoryRoot, ".lab", ...parts);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
