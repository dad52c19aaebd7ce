import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Change } from "./change.js";
import { shellChanges } from "./shellChanges.js";
import { typescriptChanges } from "./typescriptChanges.js";

/** What is sampled evenly: a name, and the folders of src that it stands for. "." is src itself without its folders. */
export const folders: Readonly<Record<string, readonly string[]>> = {
  ioredis: ["ioredis"],
  plan: ["plan", "arguments"],
  policy: ["policy"],
  trust: ["trust"],
  evidence: ["evidence"],
  verify: ["verify"],
  host: ["host"],
  network: ["network"],
  // The components are wiring, as this is.
  node: ["node", "."],
};

/** Every change that can be made of the sources of one of the folders. */
export function changesIn(root: string, name: string): Change[] {
  const parts = folders[name];
  if (parts === undefined) {
    throw new Error(`No such folder: ${name}. There are: ${Object.keys(folders).join(", ")}.`);
  }
  return parts.flatMap((part) => filesIn(root, part)).flatMap((file) => changesOf(root, file));
}

function changesOf(root: string, file: string): Change[] {
  const source = readFileSync(join(root, file), "utf8");
  const edits = file.endsWith(".sh") ? shellChanges(source) : typescriptChanges(file, source);
  return edits.map((edit) => ({ file, ...edit }));
}

function filesIn(root: string, part: string): string[] {
  const folder = join(root, "src", part);
  return readdirSync(folder, { withFileTypes: true, recursive: part !== "." })
    .filter((entry) => entry.isFile() && /\.(ts|sh)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}
