import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bootHosts, type Host, type Hosts } from "../../../lab/hosts/index.js";
import { pong, firstPong } from "../../../lab/scenario/pong.js";
import {
  bakedImage,
  bakedImageId,
  debianImageId,
  openQuickstart,
  quickstartRegion,
  upQuickstart,
  type Quickstart,
} from "../../../lab/scenario/quickstart.js";
import { tunnelEngines, type TunnelEngine } from "../../../src/plan/tunnel.js";
import { localStackOfRun } from "../../support/localStack.js";

const cleanUps: (() => unknown)[] = [];

/** What apt and dpkg have written since the machine was started: the lab writes the machine's id right before. */
async function aptTraces(host: Host): Promise<string> {
  const places = ["/var/lib/dpkg", "/var/lib/apt", "/var/cache/apt", "/var/log/apt"];
  const { exitCode, stdout, stderr } = await host.exec(["find", ...places, "-newer", "/etc/machine-id"]);
  assert.equal(exitCode, 0, stderr);
  return stdout;
}

describe("hosts that say their image has the packages, where the mirror offers none", () => {
  let hosts: Hosts;
  let folder: string;
  let endpoint: string;
  const vpcIds = new Map<string, string>();
  const openStack = async (name: string, tunnel: TunnelEngine, imageId: string): Promise<Quickstart> => {
    const stackName = `image-test-${name}`;
    const own = join(folder, name);
    mkdirSync(own, { mode: 0o700 });
    const options = { stackName, endpoint, folder: own, plugins: "local", tunnel, imageId } as const;
    const quickstart = await openQuickstart({ ...options, progress: say });
    cleanUps.push(() => quickstart.stack.workspace.removeStack(stackName, { force: true }));
    return quickstart;
  };
  const deploy = async ([name, quickstart]: readonly [string, Quickstart]): Promise<void> => {
    await upQuickstart(quickstart, () => undefined);
    const { vpcId } = await quickstart.stack.outputs();
    vpcIds.set(name, String(vpcId?.value));
    say(`${quickstart.stack.name} is deployed`);
  };
  const named = (deployed: string, name: string): Host => {
    const vpcId = vpcIds.get(deployed);
    const found = hosts.all.find((host) => host.vpcId === vpcId && host.name === name);
    assert.ok(found, `No test host ${name} of ${deployed}.`);
    return found;
  };
  const both = (deployed: string): Host[] => [named(deployed, "sessions-0"), named(deployed, "web")];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "hipaa-redis-image-"));
    cleanUps.push(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    const localStack = await localStackOfRun(say);
    cleanUps.push(() => localStack.stop());
    ({ endpoint } = localStack);
    const stacks: [string, Quickstart][] = [["debian", await openStack("debian", "haproxy", debianImageId)]];
    for (const engine of tunnelEngines) stacks.push([engine, await openStack(engine, engine, bakedImageId)]);
    await Promise.all(stacks.map(deploy));
    hosts = await bootHosts({
      ...{ endpoint, region: quickstartRegion, vpcIds: [...vpcIds.values()], packages: [], progress: say },
      images: { [bakedImageId]: bakedImage },
      mayFail: ["sessions-0"],
    });
    cleanUps.push(() => hosts.stop());
  });
  after("take the hosts away", async () => {
    for (const cleanUp of cleanUps.reverse()) await cleanUp();
  });

  for (const engine of tunnelEngines) {
    it(`serve the application from the image, and run no apt (${engine})`, async () => {
      await firstPong(named(engine, "web"), 180_000);
      for (const host of both(engine)) {
        assert.deepEqual(host.cloudInitErrors, []);
        assert.equal(await aptTraces(host), "", host.name);
      }
    });
  }

  it("start nothing from Debian's image, which has none of them", async () => {
    for (const host of both("debian")) {
      const journal = await host.exec(["journalctl", "--namespace=*", "--no-pager", "--unit=hipaa-redis-*"]);
      assert.match(journal.stdout, /nft: No such file or directory/);
      assert.match(journal.stdout, /Dependency failed for hipaa-redis-secrets/);
      assert.equal((await host.exec(["ss", "-Hltn", "sport = :6379"])).stdout, "");
      assert.equal((await host.exec(["find", "/run/hipaa-redis", "-type", "f"])).stdout, "");
      assert.equal(await aptTraces(host), "");
    }
    const { exitCode, stdout, stderr } = await pong(named("debian", "web"));
    assert.deepEqual([exitCode === 0, stdout], [false, ""]);
    assert.match(stderr, /Connection refused/);
  });

  it("would find nothing at the mirror, and apt would leave traces", async () => {
    const node = named("debian", "sessions-0");
    assert.equal((await node.exec(["apt-get", "update"])).exitCode, 0);
    const { exitCode, stderr } = await node.exec(["apt-get", "install", "--yes", "redis-server"]);
    assert.notEqual(exitCode, 0);
    assert.match(stderr, /redis-server/);
    assert.notEqual(await aptTraces(node), "");
  });
});

function say(line: string): void {
  console.error(`      ${line}`);
}
