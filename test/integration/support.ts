import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import type { OpMap, PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import { engineEnvironment } from "../../lab/engine/engineEnvironment.js";
import { ensureEngine } from "../../lab/engine/ensureEngine.js";
import { startLocalStack } from "../../lab/localstack/startLocalStack.js";
import type { LocalStack } from "../../lab/localstack/localStack.js";
import { pluginFolder } from "../../lab/plugins/pluginFolder.js";

export const region = "us-east-1";

const say = (line: string): void => {
  console.error(`      ${line}`);
};

let started: Promise<LocalStack> | undefined;

/** The LocalStack of this run: started by the first who asks, stopped when all tests are done. */
export function localStack(): Promise<LocalStack> {
  started ??= startLocalStack({ progress: say });
  return started;
}

after("stop LocalStack", async function () {
  this.timeout(120_000);
  await (await started?.catch(() => undefined))?.stop();
});

/**
 * Runs a test on a stack of its own: the real engine with our plugins, state in a temporary folder, a random passphrase.
 * Whatever happens the stack is destroyed. `stack.up({ program })` runs another program on the same stack.
 */
export async function withStack(
  name: string,
  program: PulumiFn,
  use: (stack: Stack) => Promise<void>,
): Promise<void> {
  // Where both are new, one is built while the other is installed.
  const [engine, { endpoint }] = await Promise.all([ensureEngine(say), localStack()]);
  const folder = mkdtempSync(join(tmpdir(), "pulumi-hipaa-redis-"));
  const stack = await LocalWorkspace.createStack(
    { stackName: "test", projectName: name, program },
    {
      pulumiCommand: await PulumiCommand.get({ root: dirname(engine.binFolder), skipVersionCheck: true }),
      secretsProvider: "passphrase",
      envVars: {
        ...engineEnvironment(engine, await pluginFolder()),
        AWS_ENDPOINT_URL: endpoint,
        AWS_REGION: region,
        PULUMI_BACKEND_URL: `file://${folder}`,
        PULUMI_CONFIG_PASSPHRASE: randomBytes(16).toString("hex"),
      },
    },
  );
  try {
    await use(stack);
    await stack.destroy();
  } catch (error) {
    // What went wrong first is what is to be read.
    await stack.destroy().catch(() => undefined);
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The state as `pulumi stack export` writes it, in which secrets are encrypted. (Automation's own export decrypts.) */
export async function exportedState(stack: Stack): Promise<string> {
  const { pulumiCommand, workDir, envVars } = stack.workspace;
  const args = ["stack", "export", "--stack", stack.name];
  return (await execa(pulumiCommand.command, args, { cwd: workDir, env: envVars })).stdout;
}

/** How many resources an operation created, changed, replaced or deleted; an empty object means no change at all. */
export function changes(counts: OpMap | undefined): OpMap {
  return Object.fromEntries(Object.entries(counts ?? {}).filter(([operation]) => operation !== "same"));
}
