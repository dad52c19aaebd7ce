import assert from "node:assert/strict";
import { tunnelPid } from "../../../lab/scenario/attacks/appHost.js";
import { tunnelProgram } from "../../../src/host/tunnelProgram.js";
import { unitNames } from "../../../src/host/units.js";
import { answersAgain, journal, redisPid, shell, startAnew } from "./onHost.js";
import { releases } from "../../../src/plan/operatingSystem.js";
import { describeOnHosts, type TestScene } from "./scene.js";

describeOnHosts(["tunnel"], "security updates", (scene, tunnel, { operatingSystem }) => {
  const { codename } = releases[operatingSystem];
  let here: TestScene;
  before(async () => {
    here = await scene();
  });
  const { packageName } = tunnelProgram(tunnel);
  /** Each publisher has a folder of its own: apt refuses a source whose label changes. */
  const folderOf = (label: string): string => `/var/tmp/updates-of-${label}`;
  const sources = "/etc/apt/sources.list.d/updates-test.sources";

  const version = (): Promise<string> =>
    shell(here.node, `dpkg-query --show --showformat='\${Version}' ${packageName}`);
  const pid = (): Promise<string> => shell(here.node, tunnelPid);

  /** A repository on the node's own disk that has the tunnel's package once more, one version newer. */
  const publish = (label: string): Promise<string> => {
    const folder = folderOf(label);
    return shell(
      here.node,
      `
      rm -rf ${folder} && mkdir -p ${folder}/work && cd ${folder}/work && chmod 755 ${folder}
      apt-get download --quiet ${packageName}
      dpkg-deb --raw-extract *.deb package
      sed -i 's/^Version: .*/&+test1/' package/DEBIAN/control
      dpkg-deb --root-owner-group --build package ${folder}/newer.deb
      cd ${folder} && rm -r work
      { dpkg-deb --field newer.deb; echo "Filename: ./newer.deb"; echo "Size: $(stat -c %s newer.deb)"
        echo "SHA256: $(sha256sum newer.deb | cut -d' ' -f1)"; } >Packages
      { printf 'Origin: Debian\\nLabel: ${label}\\nSuite: ${codename}-security\\nCodename: ${codename}-security\\nDate: %s\\n' "$(date -Ru)"
        printf 'SHA256:\\n %s %s Packages\\n' "$(sha256sum Packages | cut -d' ' -f1)" "$(stat -c %s Packages)"; } >Release
      printf 'Types: deb\\nURIs: file:${folder}\\nSuites: ./\\nTrusted: yes\\n' >${sources}`,
    );
  };
  const update = (): Promise<string> => shell(here.node, startAnew(unitNames.updates));

  it("are due in the window, and at no other time", async () => {
    const { node } = here;
    assert.match(
      await shell(node, `systemctl show --property=TimersCalendar ${unitNames.updatesTimer}`),
      /OnCalendar=\*-\*-\* 08:00:00 UTC/,
    );
    assert.equal(await shell(node, `systemctl is-active ${unitNames.updatesTimer}`), "active");
    for (const timer of ["apt-daily.timer", "apt-daily-upgrade.timer"]) {
      assert.equal(await shell(node, `systemctl is-enabled ${timer} || true`), "masked", timer);
    }
  });

  it("leave everything alone that is not Debian's security team's", async () => {
    const [was, running] = [await version(), await pid()];
    await publish("Somebody");
    try {
      await update();
    } finally {
      await shell(here.node, `rm -r ${sources} ${folderOf("Somebody")}`);
    }
    assert.deepEqual([await version(), await pid()], [was, running]);
  });

  it("are installed, taken up by the service that they concern, and recorded", async () => {
    const { node, app } = here;
    const [was, running] = [await version(), await pid()];
    const redis = await shell(node, redisPid);
    await publish("Debian-Security");
    try {
      await update();
      assert.equal(await version(), `${was}+test1`);
      assert.notEqual(await pid(), running);
      // What was not updated is not restarted.
      assert.equal(await shell(node, redisPid), redis);
      const told = await journal(node, "--unit='hipaa-redis-*'");
      assert.ok(told.includes(`hipaa-redis: restarting ${unitNames.tunnel}, whose code was updated.`));
      assert.ok(told.includes(`hipaa-redis: installed ${packageName} ${was}\n`));
      assert.ok(told.includes(`hipaa-redis: installed ${packageName} ${was}+test1\n`));
      assert.ok((await shell(node, "cat /var/log/apt/history.log")).includes(`${was}+test1`));
    } finally {
      await shell(node, `rm -r ${sources} ${folderOf("Debian-Security")}`);
    }
    await answersAgain(app);
  });
});
