import assert from "node:assert/strict";
import { waitFor } from "../../../lab/until.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { unitNames } from "../../../src/host/units.js";
import { answersAgain, journal, redisPid, shell } from "./onHost.js";
import { describeOnHosts, type TestScene } from "./scene.js";

const { redis } = unitNames;
const unit = `${hostPaths.unitsFolder}/${redis}`;
/** As the next version of this library may ask for it. */
const newer = "99:1";

describeOnHosts([], "a server that lacks a security fix", (scene) => {
  let here: TestScene;
  before(async () => {
    here = await scene();
  });
  const alarms = async (): Promise<string[]> =>
    (await journal(here.node, "MESSAGE_ID=6f1f0b5c4a3c4d0f9d1c2a7b58e3a9d4"))
      .split("\n")
      .filter((line) => line.includes("and not started"));

  it("is started by nobody, raises an alarm, and starts by itself once it has the fix", async () => {
    const { node, app } = here;
    // Nodes of each release and engine have their own.
    const packageName = await shell(node, `sed --quiet 's/.*check-server \\(.*\\) .*/\\1/p' ${unit}`);
    const installed = await shell(node, `dpkg-query --show --showformat='\${Version}' ${packageName}`);
    assert.deepEqual(await alarms(), []);
    await shell(node, `cp --archive ${unit} /run/kept && sed -i 's/\\(check-server .*\\) .*/\\1 ${newer}/' ${unit}`);
    try {
      assert.equal(await shell(node, `grep -c 'check-server ${packageName} ${newer}$' ${unit}`), "1");
      await shell(node, `systemctl daemon-reload && systemctl restart --no-block ${redis}`);
      await waitFor("the alarm is raised", async () => (await alarms()).length > 0);
      const [alarm = "", ...others] = await alarms();
      assert.ok(
        alarm.endsWith(`: ${packageName} ${installed} is older than ${newer} and not started: docs/operating.md.`),
      );
      assert.deepEqual(others, []);
      assert.equal(await shell(node, `systemctl show --property=SubState --value ${redis}`), "start-pre");
      assert.equal(await shell(node, redisPid), "0");
    } finally {
      await shell(node, `mv /run/kept ${unit} && systemctl daemon-reload`);
    }
    // No help from here on.
    await answersAgain(app);
    assert.ok(!(await shell(node, `ls ${hostPaths.redisStartFolder}`)).includes("too-old"));
  });
});
