import assert from "node:assert/strict";
import { execa } from "execa";
import { tunnelPid } from "../../../lab/scenario/attacks/appHost.js";
import { answersAgain, holdsOn, journal, redisPid } from "./onHost.js";
import { describeOnHosts, type TestScene } from "./scene.js";

describeOnHosts(["tunnel"], "the quickstart on booted hosts", (scene) => {
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
    assert.match(await journal(here.node), /web\.client\.sessions/);
    for (const host of [here.node, here.appHost]) {
      assert.doesNotMatch(await journal(host), /MRN-|Synthetic record/);
    }
  });

  it("takes commands that are not locked", async () => {
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
    const running = `first=$(${tunnelPid}) && [ "$first" != 0 ]`;
    const last = `${running} && { ps --no-headers -o pid --ppid $first | tail -n 1 | grep . || echo $first; }`;
    for (const [host, which] of [
      [node, redisPid],
      [node, first],
      [node, last],
      [appHost, first],
      [appHost, last],
    ] as const) {
      const before = (await host.exec(["sh", "-c", which])).stdout.trim();
      assert.match(before, /^[1-9]\d*$/, which);
      assert.equal((await host.exec(["kill", "-9", before])).exitCode, 0);
      await holdsOn(host, `p=$(${which}) && [ "\${p:-0}" != 0 ] && [ $p != ${before} ]`);
    }
    await holdsOn(node, '[ -S /run/hipaa-redis/redis/redis.sock ] && ss -ltn | grep -q ":6379 "');
    await answersAgain(app);
  });

  it("is managed from a shell with the environment that the demo writes", async () => {
    const { stdout } = await execa("pulumi", ["stack", "output", "vpcId", "--stack", here.quickstart.stack.name], {
      env: here.quickstart.environment,
      cwd: here.quickstart.stack.workspace.workDir,
    });
    assert.match(stdout, /^vpc-/);
  });
});
