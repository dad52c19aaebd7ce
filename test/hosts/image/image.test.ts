import assert from "node:assert/strict";
import type { Host } from "../../../lab/hosts/index.js";
import { firstPong, pong } from "../../../lab/scenario/pong.js";
import { nameOf } from "../../../lab/scenario/dimensions.js";
import { quickstartHosts } from "../../../lab/scenario/quickstart.js";
import { engineProgram } from "../../../src/plan/engine.js";
import { mixedChoices } from "../../support/dimensions.js";
import { appUser } from "../rotation/program.js";
import { hostsOnDebian, rotationFixture } from "../rotation/openFixture.js";
import { choiceOnDebian } from "./onDebian.js";

/** What apt and dpkg have written since the machine was started: the lab writes the machine's id right before. */
async function aptTraces(host: Host): Promise<string> {
  const places = ["/var/lib/dpkg", "/var/lib/apt", "/var/cache/apt", "/var/log/apt"];
  const { exitCode, stdout, stderr } = await host.exec(["find", ...places, "-newer", "/etc/machine-id"]);
  assert.equal(exitCode, 0, stderr);
  return stdout;
}

/** Before the tests of rotation have these hosts install anything: the files of this folder are run first. */
describe("hosts that say their image has the packages, and whose image has them", () => {
  for (const choice of mixedChoices(["tunnel"])) {
    it(`serve the application, and have run no apt (${nameOf(choice)})`, async () => {
      const { node, apps } = await rotationFixture(choice);
      const web = apps.find(({ name }) => name === quickstartHosts.appHost);
      assert.ok(web);
      await firstPong(web, 180_000, appUser);
      for (const host of [node, ...apps]) {
        assert.deepEqual(host.cloudInitErrors, []);
        assert.equal(await aptTraces(host), "", host.name);
      }
    });
  }
});

const onDebian = choiceOnDebian();

describe(`hosts that say their image has the packages, where it is Debian's and the mirror offers none of them (${nameOf(onDebian)})`, () => {
  const { packageName } = engineProgram(onDebian.engine);
  let hosts: readonly Host[];
  const named = (name: string): Host => {
    const found = hosts.find((host) => host.name === name);
    assert.ok(found, `No test host ${name}.`);
    return found;
  };
  before(async () => {
    hosts = await hostsOnDebian();
  });

  it("start nothing", async () => {
    for (const host of hosts) {
      const journal = await host.exec(["journalctl", "--namespace=*", "--no-pager", "--unit=hipaa-redis-*"]);
      assert.match(journal.stdout, /nft: No such file or directory/);
      assert.match(journal.stdout, /Dependency failed for hipaa-redis-secrets/);
      assert.equal((await host.exec(["ss", "-Hltn", "sport = :6379"])).stdout, "");
      assert.equal((await host.exec(["find", "/run/hipaa-redis", "-type", "f"])).stdout, "");
      assert.equal(await aptTraces(host), "");
    }
    const { exitCode, stdout, stderr } = await pong(named(quickstartHosts.appHost));
    assert.deepEqual([exitCode === 0, stdout], [false, ""]);
    assert.match(stderr, /Connection refused/);
  });

  it("would find nothing at the mirror, and apt would leave traces", async () => {
    const node = named(quickstartHosts.node);
    assert.equal((await node.exec(["apt-get", "update"])).exitCode, 0);
    const { exitCode, stderr } = await node.exec(["apt-get", "install", "--yes", packageName]);
    assert.notEqual(exitCode, 0);
    assert.ok(stderr.includes(packageName), stderr);
    assert.notEqual(await aptTraces(node), "");
  });
});
