import { createHash } from "node:crypto";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { cacheFolder } from "../cacheFolder.js";

const checkout = createHash("sha256").update(import.meta.dirname).digest("hex").slice(0, 12);
const plugins = ["aws", "random", "tls"] as const;

/**
 * A folder with an executable `pulumi-resource-<name>` for each of our plugins, to be put on PATH. They run on the very
 * Node.js that runs us, and belong to this checkout: another one's run does not exchange them.
 */
export async function pluginFolder(): Promise<string> {
  const folder = cacheFolder("plugins", checkout);
  const draft = mkdtempSync(join(folder, ".draft-"));
  for (const name of plugins) {
    const file = `pulumi-resource-${name}`;
    writeFileSync(join(draft, file), wrapper(name), { mode: 0o755 });
    // Renamed in place, since another run may be starting the same plugin right now.
    renameSync(join(draft, file), join(folder, file));
  }
  rmSync(draft, { recursive: true });
  return Promise.resolve(folder);
}

function wrapper(name: string): string {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const main = join(import.meta.dirname, name, "main.ts");
  const command = [process.execPath, "--no-warnings", "--import", tsx, main].map(quoted).join(" ");
  return `#!/bin/sh\nexec ${command} "$@"\n`;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
