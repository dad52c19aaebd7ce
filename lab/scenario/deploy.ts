import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { LocalWorkspace, type PulumiFn, type Stack } from "@pulumi/pulumi/automation/index.js";
import { engineEnvironment } from "../engine/engineEnvironment.js";
import { ensureEngine } from "../engine/ensureEngine.js";
import { up } from "../engine/operations.js";
import { pulumiCommand } from "../engine/pulumiCommand.js";
import { attachedPlugins } from "../plugins/attachedPlugins.js";
import { pluginFolder } from "../plugins/pluginFolder.js";
import { emulatorCredentials, newPassphrase } from "./credentials.js";

/** A new stack of a program that has a `vpcId` among its outputs, by the real engine with the lab's plugins, and its first `up`. */
export async function deploy(options: {
  readonly stackName: string;
  readonly projectName: string;
  readonly program: PulumiFn;
  readonly endpoint: string;
  /** Where the state is, and a folder of the stack's own. */
  readonly folder: string;
  readonly progress: (line: string) => void;
}): Promise<{ readonly stack: Stack; readonly vpcId: string }> {
  const { stackName, projectName, program, endpoint, folder, progress } = options;
  const engine = await ensureEngine(progress);
  const aws = { ...emulatorCredentials, AWS_ENDPOINT_URL: endpoint };
  const workDir = join(folder, stackName);
  mkdirSync(workDir);
  const stack = await LocalWorkspace.createStack(
    { stackName, projectName, program },
    {
      workDir,
      pulumiCommand: await pulumiCommand(engine),
      envVars: {
        ...engineEnvironment(engine, await pluginFolder()),
        ...(await attachedPlugins(aws)),
        ...aws,
        PULUMI_BACKEND_URL: `file://${folder}`,
        PULUMI_CONFIG_PASSPHRASE: newPassphrase(),
      },
    },
  );
  await up(stack);
  const { vpcId } = await stack.outputs();
  progress(`${stackName} is deployed`);
  return { stack, vpcId: String(vpcId?.value) };
}
