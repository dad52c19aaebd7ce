import { renameSync } from "node:fs";
import { join } from "node:path";
import { runGroup } from "./runGroup.js";
import { repositoryRoot } from "../stateFolder.js";
import { engineVersion } from "./versions.js";

const scriptLimit = 120_000;

/**
 * Lets the npm package `pulumi` fetch the official CLI into a folder. Where its download site cannot be
 * reached this fails in seconds; a download that stalls is given up after two minutes.
 */
export async function fetchOfficialEngine(draft: string): Promise<void> {
  const launcher = join(repositoryRoot, "node_modules", "pulumi", "run.js");
  await runGroup(process.execPath, [launcher, "version"], {
    timeout: scriptLimit,
    env: { PULUMI_HOME: draft, PULUMI_VERSION: engineVersion, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  renameSync(join(draft, "versions", engineVersion, "bin"), join(draft, "bin"));
}
