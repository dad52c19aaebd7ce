import { createHash } from "node:crypto";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { cacheFolder } from "../cacheFolder.js";
import { programCommand } from "../programs/bundle.js";
import { countStartInShell } from "../starts.js";

const checkout = createHash("sha256")
  .update(import.meta.dirname)
  .digest("hex")
  .slice(0, 12);
const plugins = ["aws", "random", "tls"] as const;

/** The runtime of policy packs that our own plugin runs, where the language host cannot. */
export const policyRuntime = "lab";

/**
 * A folder with an executable `pulumi-resource-<name>` for each of our plugins, and one that runs policy packs, to be put on
 * PATH. They run on the very Node.js that runs us, and belong to this checkout: another one's run does not exchange them.
 */
export async function pluginFolder(): Promise<string> {
  const folder = cacheFolder("plugins", checkout);
  const draft = mkdtempSync(join(folder, ".draft-"));
  const files: [string, string][] = [[`pulumi-analyzer-policy-${policyRuntime}`, policyRunner()]];
  for (const name of plugins) {
    files.push([`pulumi-resource-${name}`, wrapper(await programCommand(name))]);
  }
  for (const [file, text] of files) {
    writeFileSync(join(draft, file), text, { mode: 0o755 });
    // Renamed in place, since another run may be starting the same plugin right now.
    renameSync(join(draft, file), join(folder, file));
  }
  rmSync(draft, { recursive: true });
  return folder;
}

/** What Pulumi's own `pulumi-analyzer-policy` does: the SDK runs the pack in the folder where the engine starts this. */
function policyRunner(): string {
  const runner = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/run-policy-pack");
  return wrapper([process.execPath, runner]);
}

function wrapper(command: readonly string[]): string {
  return `#!/bin/sh\n${countStartInShell("plugins")}\nexec ${command.map(quoted).join(" ")} "$@"\n`;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
