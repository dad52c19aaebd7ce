import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../stateFolder.js";

/** The Pulumi engine and CLI. It has the version of the SDK (`@pulumi/pulumi` in package.json), which is checked. */
export const engineVersion = "3.248.0";

/** The Node.js language host: the last version that is inside a Go module that the module proxy serves. */
export const languageHostVersion = "3.66.0";

/** Throws when package.json asks for another `@pulumi/pulumi` than the engine that the lab gets. */
export function assertEngineMatchesSdk(): void {
  const manifest = JSON.parse(readFileSync(join(repositoryRoot, "package.json"), "utf8")) as {
    devDependencies?: Record<string, string>;
  };
  const sdk = manifest.devDependencies?.["@pulumi/pulumi"];
  if (sdk === engineVersion) return;
  throw new Error(
    `The lab's engine is ${engineVersion}, package.json has @pulumi/pulumi ${sdk ?? "(none)"}: ` +
      "give both the same exact version (lab/engine/versions.ts and devDependencies).",
  );
}
