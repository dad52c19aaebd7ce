import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { ensureEngine } from "../engine/ensureEngine.js";
import { destroy } from "../engine/operations.js";
import { pulumiCommand } from "../engine/pulumiCommand.js";
import { stopEverything } from "../hosts/index.js";
import { endLeftLocalStacks } from "../localstack/leftovers.js";
import { repositoryRoot } from "../stateFolder.js";
import { demoFolder, demoStackName, readRecord, type DemoRecord } from "./record.js";

/** Takes away all that a demo of this checkout has left: hosts, stack, LocalStack, files. Safe to call at any time. */
export async function down(progress: (line: string) => void): Promise<void> {
  progress("stopping the test hosts");
  await stopEverything();
  const record = readRecord();
  if (record.usersLocalStack === true) await destroyStack(record, progress);
  await endLeftLocalStacks({ outliving: true });
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
    { envVars: { ...environment }, pulumiCommand: await pulumiCommand(engine) },
  );
  await destroy(stack);
}
