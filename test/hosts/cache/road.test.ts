import assert from "node:assert/strict";
import { execa } from "execa";
import type { Host } from "../../../lab/hosts/index.js";
import { askForMetadataToken, connectTo, ssh, tryAll, tunnelPid } from "../../../lab/scenario/attempts.js";
import { ownCertificate, tlsPing } from "../../../lab/scenario/tlsAttempts.js";
import { hostPaths } from "../../../src/plan/hostPaths.js";
import { describeEachTunnel, type TestScene } from "./scene.js";

describeEachTunnel("the quickstart on booted hosts", (scene) => {
  let here: TestScene;
  before(async () => {
    here = await scene();
  });

  it("lets the application write and read 1,000 records through both tunnels", async () => {
    const { exitCode, stdout, stderr } = await here.app.patients(1000);
    assert.equal(exitCode, 0, stderr);
    const { written, readBack } = JSON.parse(stdout) as Record<string, number>;
    assert.deepEqual([written, readBack], [1000, 1000]);
  });

  it("logs who came through the tunnel, and none of the data", async () => {
    assert.equal((await here.app.patients(10)).exitCode, 0);
    const journal = async (host: Host): Promise<string> =>
      (await host.exec(["journalctl", "--no-pager", "--output=cat"])).stdout;
    assert.match(await journal(here.node), /web\.client\.sessions/);
    for (const host of [here.node, here.appHost]) {
      assert.doesNotMatch(await journal(host), /MRN-|Synthetic record/);
    }
  });

  it("shuts every way in that the demo tries", async () => {
    const attempts = await tryAll(here);
    assert.ok(attempts.length >= 33);
    assert.deepEqual(
      attempts.filter((attempt) => !attempt.refused),
      [],
    );
  });

  describe("has control cases, in which one thing is right", () => {
    it("the app subnet reaches port 6379, the bastion subnet port 22", async () => {
      const { neighbour, bastion, node } = here;
      assert.equal((await connectTo(neighbour, node.privateIp, "6379")).exitCode, 0);
      assert.equal((await connectTo(bastion, node.privateIp, "22")).exitCode, 0);
    });

    it("TLS 1.3 with the client's certificate gets through to Redis", async () => {
      const { stdout } = await tlsPing(here.appHost, here.node.privateIp, ownCertificate);
      assert.match(stdout, /^-NOAUTH/);
    });

    it("the application's password and commands that are not locked are taken", async () => {
      const answers = await here.app.send([
        { command: ["PING"] },
        { command: ["SET", "control", "case"] },
        { command: ["GET", "control"] },
        { command: ["DEL", "control"] },
        { command: ["INFO", "server"] },
      ]);
      const replies = answers.map(({ reply }) => reply);
      assert.deepEqual(replies.slice(0, 4), ["PONG", "OK", "case", 1]);
      assert.match(String(replies[4]), /redis_version/);
    });

    it("the application's Unix user opens the tunnel and reads the password", async () => {
      const asApp = async (...command: string[]): Promise<number> =>
        (await here.appHost.exec(command, { user: "web" })).exitCode;
      assert.equal(await asApp("bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/6379"), 0);
      assert.equal(await asApp("cat", hostPaths.password), 0);
      assert.equal(await asApp("cat", "/etc/hipaa-redis/connection.json"), 0);
    });

    it("root reads the private key and gets a metadata token", async () => {
      const asRoot = async (...command: string[]): Promise<number> =>
        (await here.appHost.exec(command)).exitCode;
      assert.equal(await asRoot("cat", hostPaths.privateKey), 0);
      assert.equal(await asRoot(...askForMetadataToken), 0);
    });

    it("the operator signs in with their own key, and may administer", async () => {
      const { bastion, node, operator } = here;
      const identity = { user: operator.name, keyFile: operator.privateKeyFile };
      const { exitCode, stdout, stderr } = await ssh(bastion, node.privateIp, identity, [
        "sudo",
        "id",
        "-un",
      ]);
      assert.equal(exitCode, 0, stderr);
      assert.equal(stdout.trim(), "root");
    });
  });

  it("refuses the operator a forwarded port and a password prompt", async () => {
    const { bastion, node, operator } = here;
    const flags = ["BatchMode=yes", "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null"].flatMap(
      (one) => ["-o", one],
    );
    const forward = [
      "-i",
      operator.privateKeyFile,
      "-W",
      "127.0.0.1:22",
      `${operator.name}@${node.privateIp}`,
    ];
    const { exitCode, stderr } = await bastion.exec(["ssh", ...flags, ...forward], { timeoutMs: 20_000 });
    assert.equal(exitCode, 255);
    assert.match(stderr, /administratively prohibited/);
    const methods = [
      "-v",
      "-o",
      "PreferredAuthentications=password,keyboard-interactive",
      `ada@${node.privateIp}`,
    ];
    const asked = await bastion.exec(["ssh", ...flags, ...methods], { timeoutMs: 20_000 });
    assert.match(asked.stderr, /Authentications that can continue: publickey\r?\n/);
  });

  it("runs the caller's own part of the user data, after the tunnel's", async () => {
    const made = await here.appHost.exec(["stat", "-c", "%U", "/srv/web"]);
    assert.equal(made.stdout.trim(), "web");
    const commands = await here.appHost.exec(["cat", "/var/lib/cloud/instance/scripts/runcmd"]);
    assert.match(commands.stdout, /hipaa-redis-secrets\.service.*\/srv\/web/s);
  });

  it("changes nothing when pulumi up runs again", async () => {
    const { summary } = await here.quickstart.stack.up();
    assert.deepEqual(Object.keys(summary.resourceChanges ?? {}), ["same"]);
  });

  it("brings back a tunnel and a Redis that die", async () => {
    const { node, appHost, app } = here;
    // A program of several processes must come back whichever of them dies.
    const first = tunnelPid;
    const last = `ps --no-headers -o pid --ppid $(${tunnelPid}) | tail -n 1 | grep . || ${tunnelPid}`;
    for (const [host, which] of [
      [node, "pgrep -ox redis-server"],
      [node, first],
      [node, last],
      [appHost, first],
      [appHost, last],
    ] as const) {
      const before = (await host.exec(["sh", "-c", which])).stdout.trim();
      assert.match(before, /^[1-9]\d*$/, which);
      assert.equal((await host.exec(["kill", "-9", before])).exitCode, 0);
      const alive = `until p=$(${which}) && [ "\${p:-0}" != 0 ] && [ $p != ${before} ]; do sleep 0.1; done`;
      const { exitCode } = await host.exec(["timeout", "30", "sh", "-c", alive]);
      assert.equal(exitCode, 0, `${host.name}: ${which}`);
    }
    const ready =
      'until [ -S /run/hipaa-redis/redis/redis.sock ] && ss -ltn | grep -q ":6379 "; do sleep 0.1; done';
    assert.equal((await node.exec(["timeout", "30", "sh", "-c", ready])).exitCode, 0);
    const listens = 'until ss -ltn | grep -q "127.0.0.1:6379 "; do sleep 0.1; done';
    assert.equal((await appHost.exec(["timeout", "30", "sh", "-c", listens])).exitCode, 0);
    const [answer] = await app.send([{ command: ["PING"] }]);
    assert.deepEqual(answer, { reply: "PONG" });
  });

  it("is managed from a shell with the environment that the demo writes", async () => {
    const { stdout } = await execa(
      "pulumi",
      ["stack", "output", "vpcId", "--stack", `hosts-test-${here.engine}`],
      {
        env: here.quickstart.environment,
        cwd: here.quickstart.stack.workspace.workDir,
      },
    );
    assert.match(stdout, /^vpc-/);
  });
});
