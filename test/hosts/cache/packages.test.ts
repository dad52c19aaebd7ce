import assert from "node:assert/strict";
import { unitNames } from "../../../src/host/units.js";
import { answersAgain, holdsOn, journal, letTheAgentLook, shell } from "./onHost.js";
import { describeOnHosts, type TestScene } from "./scene.js";

/** The image doesn't have it, and of all that runs meanwhile the agent alone needs it. */
const name = "jq";
const { install, secrets } = unitNames;

/** In a host's own table of names the mirrors are where nobody listens. */
const mirrorsAreAway =
  "sed --quiet 's|^https://\\([^/]*\\)/.*|127.0.0.1 \\1 # away|p' /etc/apt/mirrors/*.list | sort -u >>/etc/hosts && grep -q '# away' /etc/hosts";
const mirrorsAreBack = "sed --in-place '/ # away$/d' /etc/hosts";

describeOnHosts(["tunnel"], "packages that can't be had when a node boots", (scene) => {
  let here: TestScene;
  before(async () => {
    here = await scene();
  });
  const installs = async (): Promise<boolean> => (await here.node.exec(["systemctl", "cat", install])).exitCode === 0;

  it("are tried again until the mirrors are back, and nothing listens before; an image that has them tries nothing", async function () {
    const { node, app } = here;
    if (!(await installs())) {
      assert.equal(
        await shell(node, `systemctl show --property=Requires --value ${secrets} | grep -c install || true`),
        "0",
      );
      return;
    }
    // It would fail without it.
    await letTheAgentLook(node);
    await shell(node, `systemctl is-active ${install} && apt-get remove --quiet --yes ${name} && ${mirrorsAreAway}`);
    try {
      // As at a boot: what needs the packages waits for them. That it has started within an hour before counts otherwise.
      await shell(node, `journalctl --rotate && systemctl stop ${install} && systemctl reset-failed`);
      await shell(node, "systemctl start --no-block multi-user.target");
      const told = `[ "$(journalctl --boot --unit=${install} | grep -c 'not installed: ${name}. Trying again')" -ge 2 ]`;
      await holdsOn(node, told);
      assert.equal(await shell(node, `systemctl is-active ${install} ${secrets} || true`), "activating\ninactive");
      assert.equal(await shell(node, "ss -Hltn sport = :6379"), "");
    } finally {
      await shell(node, mirrorsAreBack);
    }
    await holdsOn(node, `systemctl is-active --quiet ${secrets}`);
    assert.equal(await shell(node, `dpkg-query --show --showformat='\${db:Status-Status}' ${name}`), "installed");
    assert.match(await journal(node, `--unit=${install}`), /Could not connect to|Unable to connect|Connection refused/);
    await answersAgain(app);
  });
});
