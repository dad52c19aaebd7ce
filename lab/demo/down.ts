import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { dirname } from "node:path";
import { ensureEngine } from "../engine/ensureEngine.js";
import { stopEverything } from "../hosts/index.js";
import { isAlive } from "../hosts/journal.js";
import { repositoryRoot } from "../stateFolder.js";
import { demoFolder, demoStackName, readRecord, type DemoRecord } from "./record.js";

/** Takes away all that a demo of this checkout has left: hosts, stack, LocalStack, files. Safe to call at any time. */
export async function down(progress: (line: string) => void): Promise<void> {
  progress("stopping the test hosts");
  await stopEverything();
  const record = readRecord();
  if (record.localStack === undefined) await destroyStack(record, progress);
  else endLocalStack(record.localStack);
  rmSync(demoFolder(), { recursive: true, force: true });
  rmSync(stackSettings, { force: true });
}

const stackSettings = join(repositoryRoot, `Pulumi.${demoStackName}.yaml`);

/** A LocalStack of the demo's own ends with all that is in it; from the user's own, the stack has to be taken away. */
async function destroyStack({ environment }: DemoRecord, progress: (line: string) => void): Promise<void> {
  if (environment === undefined || !existsSync(stackSettings)) return;
  progress("destroying the stack");
  const engine = await ensureEngine(progress);
  const stack = await LocalWorkspace.selectStack(
    { stackName: demoStackName, workDir: repositoryRoot },
    {
      envVars: { ...environment },
      pulumiCommand: await PulumiCommand.get({ root: dirname(engine.binFolder), skipVersionCheck: true }),
    },
  );
  await stack.destroy();
}

function endLocalStack({ process: owner, folder }: NonNullable<DemoRecord["localStack"]>): void {
  // Its state goes with it, so there is nothing that it would have to save.
  if (isAlive(owner)) process.kill(owner.pid, "SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}
