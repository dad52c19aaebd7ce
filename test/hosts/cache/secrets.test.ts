import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { DescribeInstanceAttributeCommand, EC2Client } from "@aws-sdk/client-ec2";
import { execa } from "execa";
import type { Host } from "../../../lab/hosts/index.js";
import { tunnelProgram } from "../../../src/host/tunnelProgram.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { engineProgram } from "../../../src/plan/engine.js";
import { describeOnHosts, type TestScene } from "./scene.js";

describeOnHosts(["tunnel"], "no secret of the quickstart", (scene) => {
  let here: TestScene;
  /** The password, the bodies of both private keys, and the secret name of CONFIG. */
  let secrets: string[];

  before(async () => {
    here = await scene();
    const read = async (host: Host, path: string): Promise<string> => (await host.exec(["cat", path])).stdout;
    const keyBody = (pem: string): string => pem.split("\n").find((line) => !line.includes("-----")) ?? "";
    const redisConfig = await read(here.node, hostPaths.redisCommands);
    secrets = [
      (await read(here.appHost, hostPaths.password)).trim(),
      keyBody(await read(here.appHost, hostPaths.privateKey)),
      keyBody(await read(here.node, hostPaths.privateKey)),
      /rename-command CONFIG (\S+)/.exec(redisConfig)?.[1] ?? "",
    ];
    assert.deepEqual(
      secrets.map((secret) => secret.length >= 32),
      [true, true, true, true],
    );
  });

  const found = (text: string): number[] => secrets.flatMap((secret, index) => (text.includes(secret) ? [index] : []));
  const hosts = (): Host[] => [here.node, here.appHost];

  it("stands in the stack's exported state, where secrets are encrypted", async () => {
    const { stack, environment } = here.quickstart;
    const options = { env: environment, cwd: stack.workspace.workDir };
    const { stdout } = await execa("pulumi", ["stack", "export", "--stack", stack.name], options);
    assert.match(stdout, /"ciphertext"/);
    assert.deepEqual(found(stdout), []);
    // The control case: decrypted, all are there but the one that the node makes up, so that the search is known to find.
    const shown = await execa("pulumi", ["stack", "export", "--show-secrets", "--stack", stack.name], options);
    assert.deepEqual(found(shown.stdout), [0, 1, 2]);
  });

  it("stands in the user data that EC2 reports", async () => {
    const { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region } = here.quickstart.environment;
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const ec2 = new EC2Client({ endpoint, region, credentials });
    for (const { instanceId } of hosts()) {
      const attribute = new DescribeInstanceAttributeCommand({
        InstanceId: instanceId,
        Attribute: "userData",
      });
      const { UserData } = await ec2.send(attribute);
      const text = gunzipSync(Buffer.from(UserData?.Value ?? "", "base64")).toString();
      assert.match(text, /HIPAA_REDIS_SECRET_ARN=arn:aws:secretsmanager:/);
      assert.deepEqual(found(text), []);
    }
  });

  it("stands in the process list, in any process's environment or in the journal of a host", async () => {
    for (const host of hosts()) {
      const listing = (await host.processes()).map(({ command }) => command).join("\n");
      assert.ok(listing.includes(tunnelProgram(here.choice.tunnel).configPath));
      assert.deepEqual(found(listing), []);
      const environments = await host.exec(["sh", "-c", "cat /proc/[0-9]*/environ | tr '\\0' '\\n'"]);
      assert.match(environments.stdout, /PATH=/);
      assert.deepEqual(found(environments.stdout), []);
      const journal = await host.exec(["journalctl", "--namespace=*", "--no-pager", "--output=cat"]);
      assert.match(journal.stdout, /version \S+ of the secret is in place/);
      assert.deepEqual(found(journal.stdout), []);
    }
  });

  it("stands anywhere on the disk of a host, cloud-init's logs included", async () => {
    for (const host of hosts()) {
      const search = (patterns: string[]): Promise<{ exitCode?: number; stdout: string }> =>
        execa("grep", ["-rlaF", "--devices=skip", "--file=-", host.rootFolder], {
          input: patterns.join("\n"),
          reject: false,
        });
      const { exitCode, stdout } = await search(secrets);
      assert.deepEqual([exitCode, stdout], [1, ""]);
      // The control case: what is known to be there is found.
      assert.match((await search(["HIPAA_REDIS_SECRET_ARN"])).stdout, /\/etc\/hipaa-redis\/host\.env/);
    }
  });

  it("is kept anywhere but in memory, with the modes that are meant", async () => {
    const list = async (host: Host): Promise<string[]> => {
      // The version in use, by the link that leads to it; the agent may be at work beside it.
      const pruned = "( -path */versions -o -path */staging.* -o -name *.new ) -prune".split(" ");
      const files = ["-type", "f", "-printf", "%m %u:%g %p\n"];
      const command = ["find", "-L", "/run/hipaa-redis", ...pruned, "-o", ...files];
      return (await host.exec(command)).stdout.trim().split("\n").sort();
    };
    const { account } = tunnelProgram(here.choice.tunnel);
    const { account: server } = engineProgram(here.choice.engine);
    const readByTunnel = (path: string): string => `640 root:${account} ${path}`;
    const { appCredentials, certificate, privateKey, trusted, status, secretFolder } = hostPaths;
    const agents = [`644 root:root ${status}`, `600 root:root ${secretFolder}/taken`];
    const common = [...agents, ...[certificate, privateKey, trusted].map(readByTunnel)];
    const { password, clientConnection, clientPassword } = hostPaths;
    const ofApp = [password, clientConnection, clientPassword, appCredentials].map((path) => `440 root:web ${path}`);
    assert.deepEqual(await list(here.appHost), common.concat(ofApp).sort());
    const ofRedis = `${server}:${server}`;
    const redis = [
      `400 ${ofRedis} ${hostPaths.redisUsers}`,
      `600 ${ofRedis} ${hostPaths.redisMemory}`,
      `400 ${ofRedis} ${hostPaths.redisCommands}`,
      `600 root:root ${hostPaths.redisStartFolder}/agent`,
    ];
    assert.deepEqual(await list(here.node), [...common, ...redis, readByTunnel(hostPaths.admitted)].sort());
    for (const host of hosts()) {
      assert.equal((await host.exec(["stat", "-f", "-c", "%T", "/run/hipaa-redis"])).stdout.trim(), "tmpfs");
    }
  });
});
