import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Engine } from "../engine/engine.js";
import { repositoryRoot, stateFolder } from "../stateFolder.js";
import { policyRuntime } from "./pluginFolder.js";

/**
 * Sets up a copy of a policy pack as its user would: a package of its own, with this library installed.
 *
 * The official CLI's language host runs packs; the one that the lab builds is older and does not, so there the copy's
 * runtime is one that our own plugin answers for.
 */
export function policyPackFolder(engine: Engine, pack: string): string {
  const copy = stateFolder("policy-packs", basename(pack));
  rmSync(copy, { recursive: true });
  cpSync(pack, copy, { recursive: true });
  writeFileSync(join(copy, "package.json"), JSON.stringify({ name: basename(pack), version: "0.0.1" }));
  mkdirSync(join(copy, "node_modules"));
  symlinkSync(repositoryRoot, join(copy, "node_modules/pulumi-hipaa-redis"));
  if (engine.origin === "built") {
    const manifest = join(copy, "PulumiPolicy.yaml");
    const text = readFileSync(manifest, "utf8");
    writeFileSync(manifest, text.replace(/^runtime: nodejs$/m, `runtime: ${policyRuntime}`));
  }
  return copy;
}
