import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation/index.js";
import { engineEnvironment } from "../../lab/engine/engineEnvironment.js";
import { ensureEngine } from "../../lab/engine/ensureEngine.js";
import { destroy, up } from "../../lab/engine/operations.js";
import { pulumiCommand } from "../../lab/engine/pulumiCommand.js";
import { attachedPlugins } from "../../lab/plugins/attachedPlugins.js";
import { pluginFolder } from "../../lab/plugins/pluginFolder.js";
import { newPassphrase } from "../../lab/scenario/credentials.js";
import { repositoryRoot } from "../../lab/stateFolder.js";
import { changes, localStack, region } from "./support.js";

describe("examples/two-stacks, by the real engine on LocalStack", () => {
  const name = "two-stacks-test";
  let folder: string;
  let cache: Stack;
  let app: Stack;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "two-stacks-"));
    const engine = await ensureEngine(() => undefined);
    const aws = { AWS_ENDPOINT_URL: (await localStack()).endpoint, AWS_REGION: region };
    const envVars = {
      ...engineEnvironment(engine, await pluginFolder()),
      ...(await attachedPlugins(aws)),
      ...aws,
      PULUMI_BACKEND_URL: `file://${folder}`,
      PULUMI_CONFIG_PASSPHRASE: newPassphrase(),
    };
    const command = await pulumiCommand(engine);
    const open = (part: string): Promise<Stack> => {
      const workDir = join(repositoryRoot, "examples/two-stacks", part);
      // What a killed run has left of the stack's settings would not fit the new passphrase.
      rmSync(join(workDir, `Pulumi.${name}.yaml`), { force: true });
      return LocalWorkspace.createStack({ stackName: name, workDir }, { envVars, pulumiCommand: command });
    };
    cache = await open("cache");
    app = await open("app");
    await app.setConfig("cacheStack", { value: `organization/hipaa-redis-two-stacks-cache/${name}` });
  });
  after(async () => {
    for (const stack of [app, cache]) {
      await destroy(stack);
      await stack.workspace.removeStack(name);
    }
    rmSync(folder, { recursive: true });
  });

  it("refuses a client that the cache's stack does not export, by the argument's name and once, in a preview", async () => {
    await up(cache, {
      program: () => Promise.resolve({ connections: {}, appSubnetIds: ["subnet-0123456789abcdef0"] }),
    });
    const { envVars } = app.workspace;
    envVars.PULUMI_NODEJS_TRANSPILE_ONLY = "true";
    const errors: string[] = [];
    const preview = app.preview({
      onEvent: ({ diagnosticEvent: said }) => {
        if (said?.severity === "error") errors.push(said.message);
      },
    });
    await assert.rejects(preview);
    delete envVars.PULUMI_NODEJS_TRANSPILE_ONLY;
    const [message = "", ...more] = errors;
    assert.deepEqual(more, []);
    assert.match(
      message,
      /^(<[^>]*>)*HipaaRedisClient "web": 1 argument problem:\n {2}\* connection: got an output of nothing, /,
    );
  });

  it("hands the connection from one stack to the other, without a secret", async () => {
    await up(cache);
    const outputs = await cache.outputs();
    assert.equal(outputs.connections?.secret, false);
    const { web } = outputs.connections.value as Record<string, { secretArn: string }>;
    assert.ok(web);
    await up(app);
    const { userData } = await app.outputs();
    assert.equal(userData?.secret, false);
    const text = gunzipSync(Buffer.from(String(userData.value), "base64")).toString();
    assert.ok(text.includes(`HIPAA_REDIS_SECRET_ARN=${web.secretArn}`));
  });

  it("changes nothing in the application's stack when the cache's trust is rotated", async () => {
    // That they run as their users run them, with their types checked, has been seen above.
    for (const { workspace } of [cache, app]) workspace.envVars.PULUMI_NODEJS_TRANSPILE_ONLY = "true";
    const rotated = { "rotation.passwords": { value: "2" }, "rotation.authority": { value: "2" } };
    await cache.setAllConfig(rotated, true);
    assert.ok(Object.keys(changes(await up(cache))).length > 0);
    assert.deepEqual(changes(await up(app)), {});
  });
});
