import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import type { OpMap, PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import { engineEnvironment } from "../../lab/engine/engineEnvironment.js";
import { ensureEngine } from "../../lab/engine/ensureEngine.js";
import { destroy } from "../../lab/engine/operations.js";
import { pulumiCommand } from "../../lab/engine/pulumiCommand.js";
import type { LocalStack } from "../../lab/localstack/localStack.js";
import { attachedPlugins } from "../../lab/plugins/attachedPlugins.js";
import { pluginFolder } from "../../lab/plugins/pluginFolder.js";
import { localStackOfRun } from "../support/localStack.js";

export const region = "us-east-1";

const say = (line: string): void => {
  console.error(`      ${line}`);
};

let started: Promise<LocalStack> | undefined;

/** The LocalStack of these tests: asked for by the first who needs it. */
export function localStack(): Promise<LocalStack> {
  started ??= localStackOfRun(say);
  return started;
}

after("stop LocalStack", async function () {
  this.timeout(120_000);
  await (await started?.catch(() => undefined))?.stop();
});

/**
 * Runs a test on a stack of its own: the real engine with our plugins, state in a temporary folder, a random passphrase.
 * Whatever happens the stack is destroyed. `up(stack, { program })` runs another program on the same stack.
 */
export async function withStack(name: string, program: PulumiFn, use: (stack: Stack) => Promise<void>): Promise<void> {
  const { stack, close } = await openStack(name, program);
  try {
    await use(stack);
  } catch (error) {
    // What went wrong first is what is to be read.
    await close().catch(() => undefined);
    throw error;
  }
  await close();
}

/** A stack as {@link withStack} has it, for all tests of a suite: opened before the first, destroyed after the last. */
export function sharedStack(name: string, program: PulumiFn): () => Stack {
  let opened: OpenStack | undefined;
  before(`open the stack ${name}`, async () => {
    opened = await openStack(name, program);
  });
  after(`destroy the stack ${name}`, async () => {
    await opened?.close();
  });
  return () => {
    assert.ok(opened, `The stack ${name} is not open.`);
    return opened.stack;
  };
}

interface OpenStack {
  readonly stack: Stack;
  readonly close: () => Promise<void>;
}

async function openStack(name: string, program: PulumiFn): Promise<OpenStack> {
  // Where both are new, one is built while the other is installed.
  const [engine, { endpoint }] = await Promise.all([ensureEngine(say), localStack()]);
  const folder = mkdtempSync(join(tmpdir(), "pulumi-hipaa-redis-"));
  const aws = { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region };
  const stack = await LocalWorkspace.createStack(
    { stackName: "test", projectName: name, program },
    {
      workDir: folder,
      pulumiCommand: await pulumiCommand(engine),
      secretsProvider: "passphrase",
      envVars: {
        ...engineEnvironment(engine, await pluginFolder()),
        ...(await attachedPlugins(aws)),
        ...aws,
        PULUMI_BACKEND_URL: `file://${folder}`,
        PULUMI_CONFIG_PASSPHRASE: randomBytes(16).toString("hex"),
      },
    },
  );
  const close = async (): Promise<void> => {
    await destroy(stack).finally(() => {
      rmSync(folder, { recursive: true, force: true });
    });
  };
  return { stack, close };
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
