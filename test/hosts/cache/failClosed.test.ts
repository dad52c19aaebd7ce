import assert from "node:assert/strict";
import type { Host } from "../../../lab/hosts/index.js";
import { waitFor } from "../../../lab/until.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { unitNames } from "../../../src/host/units.js";
import { answersAgain, shell, holdsOn, withoutTheAgent } from "./onHost.js";
import { describeOnHosts } from "./scene.js";

const environmentFile = "/etc/hipaa-redis/host.env";

async function states(host: Host, units: readonly string[]): Promise<string[]> {
  return (await host.exec(["systemctl", "is-active", ...units])).stdout.trim().split("\n");
}

describeOnHosts([], "a host that cannot fetch its secret", (scene) => {
  for (const [name, units] of [
    ["node", ["hipaa-redis-server", "hipaa-redis-tunnel"]],
    ["appHost", ["hipaa-redis-tunnel"]],
  ] as const) {
    it(`starts nothing, says why, and goes on when it can: ${name}`, async () => {
      const host = (await scene())[name];
      // One that looks just then finds half of what it had, and raises an alarm of its own.
      await withoutTheAgent(host, async () => {
        // Redis's folder is unmounted with it, which systemd does not wait for.
        await shell(host, "systemctl stop hipaa-redis-secrets");
        await holdsOn(host, `! mountpoint --quiet ${hostPaths.redisFolder}`);
        // As after a boot; the socket in the application's folder is systemd's, which has made it before.
        const [folder, socket] = [hostPaths.clientFolder, hostPaths.clientSocket];
        await shell(host, `find ${hostPaths.runFolder} -mindepth 1 ! -path ${folder} ! -path ${socket} -delete`);
        await shell(host, "journalctl --rotate");
        await shell(host, `sed -i.sound 's/^\\(HIPAA_REDIS_SECRET_ARN=.*\\)/\\1-gone/' ${environmentFile}`);
        try {
          const { exitCode } = await host.exec(["systemctl", "start", "hipaa-redis-secrets"], {
            timeoutMs: 120_000,
          });
          assert.notEqual(exitCode, 0);
          for (const state of await states(host, units)) assert.match(state, /^(inactive|failed)$/);
          const listening = await host.exec(["ss", "-Hltnp", "sport = :6379"]);
          // The tunnel's port on an app host is systemd's, whatever becomes of the tunnel.
          assert.match(listening.stdout, name === "node" ? /^$/ : /^LISTEN .*users:\(\("systemd",pid=1,fd=\d+\)\)\n?$/);
          // A unit's last line may reach the journal after the unit has ended.
          let log = "";
          await waitFor("the journal has the alarm", async () => {
            log = await shell(host, "journalctl --no-pager --output=cat --unit=hipaa-redis-secrets");
            return log.includes("Nothing is started");
          });
          assert.match(log, /ResourceNotFoundException/);
          assert.match(log, /Cannot read the secret arn:\S+-gone: .*Nothing is started; trying again soon\./);
          // Nothing but the alarm, what the application is told beside the socket, and what the next try has before it knows better.
          const pruned = "\\( -name 'staging.*' -o -name '*.new' \\) -prune";
          const found = await shell(host, `find ${hostPaths.runFolder} ${pruned} -o -type f -print`);
          const told = name === "appHost" ? [hostPaths.clientConnection] : [];
          assert.deepEqual(found.split("\n").sort(), [...told, hostPaths.status]);
          assert.match(await shell(host, `jq -r .alarm ${hostPaths.status}`), /^Cannot read the secret/);
        } finally {
          await shell(host, `mv ${environmentFile}.sound ${environmentFile}`);
        }
      });
      // No help from here on: the unit tries again by itself and then starts the rest.
      const up = units.map((unit) => `systemctl is-active --quiet ${unit}`).join(" && ");
      await holdsOn(host, up);
      // As at a boot: the application's AWS credentials were there as well.
      if (name === "appHost") await shell(host, `systemctl start ${unitNames.appRole}`);
    });
  }

  it("serves the application again afterwards", async () => {
    const { app, node } = await scene();
    await holdsOn(node, "[ -S /run/hipaa-redis/redis/redis.sock ]");
    // A unit of stunnel is active before it listens.
    await answersAgain(app);
  });
});
