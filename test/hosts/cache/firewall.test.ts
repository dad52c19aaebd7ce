import assert from "node:assert/strict";
import { unitNames } from "../../../src/host/units.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { answersAgain, holdsOn, journal, shell, startAnew, withoutTheAgent } from "./onHost.js";
import { describeOnHosts } from "./scene.js";

const listed = "nft --stateless --terse list table inet hipaa_redis";
const alarms = "MESSAGE_ID=6f1f0b5c4a3c4d0f9d1c2a7b58e3a9d4";

describeOnHosts([], "a firewall that somebody has taken away", (scene) => {
  for (const name of ["node", "appHost"] as const) {
    it(`is laid again by the agent, which raises an alarm: ${name}`, async () => {
      const { app, [name]: host } = await scene();
      await withoutTheAgent(host, async () => {
        const laid = await shell(host, listed);
        const since = await shell(host, "date +@%s.%N");
        await shell(host, "nft flush ruleset");
        const { exitCode } = await host.exec(["bash", "-c", startAnew(unitNames.refresh)]);
        assert.notEqual(exitCode, 0);
        assert.equal(await shell(host, listed), laid);
        const told = await journal(host, alarms, `--since=${since}`);
        assert.match(told, /^hipaa-redis: alarm: The firewall .*: it is laid again\.$/m);
        // With nothing wrong it looks, and says nothing.
        await shell(host, startAnew(unitNames.refresh));
        assert.equal(await journal(host, alarms, `--since=${since}`), told);
      });
      await answersAgain(app);
    });

    it(`stops the tunnel for as long as it can't be laid again: ${name}`, async () => {
      const { app, [name]: host } = await scene();
      const { firewallConfig } = hostPaths;
      await withoutTheAgent(host, async () => {
        await shell(host, `cp --preserve=all ${firewallConfig} /run/kept && echo no rules >${firewallConfig}`);
        try {
          await shell(host, "nft flush ruleset");
          await host.exec(["bash", "-c", startAnew(unitNames.refresh)]);
          assert.equal((await host.exec(["systemctl", "is-active", unitNames.tunnel])).stdout, "inactive\n");
        } finally {
          await shell(host, `cp --preserve=all /run/kept ${firewallConfig} && rm /run/kept`);
        }
        await host.exec(["bash", "-c", startAnew(unitNames.refresh)]);
        await holdsOn(host, `systemctl is-active --quiet ${unitNames.tunnel}`);
        await shell(host, `${listed} && ${startAnew(unitNames.refresh)}`);
      });
      await answersAgain(app);
    });

    it(`has all that needs it come up, where there was none at the boot: ${name}`, async () => {
      const { app, [name]: host } = await scene();
      const { firewallConfig } = hostPaths;
      await withoutTheAgent(host, async () => {
        await shell(host, `cp --preserve=all ${firewallConfig} /run/kept && echo no rules >${firewallConfig}`);
        try {
          await shell(host, `nft flush ruleset && systemctl stop ${unitNames.firewall}`);
          assert.notEqual((await host.exec(["systemctl", "start", unitNames.secrets])).exitCode, 0);
        } finally {
          await shell(host, `cp --preserve=all /run/kept ${firewallConfig} && rm /run/kept`);
        }
        assert.equal((await host.exec(["systemctl", "is-active", unitNames.tunnel])).stdout, "inactive\n");
        await host.exec(["bash", "-c", startAnew(unitNames.refresh)]);
        await holdsOn(host, `systemctl is-active --quiet ${unitNames.tunnel} && ${listed}`);
      });
      await answersAgain(app);
      // As at a boot: the application's AWS credentials were there as well.
      if (name === "appHost") await shell(host, `systemctl start ${unitNames.appRole}`);
    });
  }
});
