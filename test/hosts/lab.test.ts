import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { bootHosts, stopEverything, type Host, type Hosts, type Probe } from "../../lab/hosts/index.js";
import { ec2Client } from "../../lab/hosts/ec2.js";
import { hostImages } from "../../lab/hosts/image/hostImages.js";
import { labKeys } from "../../lab/hosts/image/labKeys.js";
import { readJournal } from "../../lab/hosts/journal.js";
import type { LocalStack } from "../../lab/localstack/localStack.js";
import { bakedImageIds } from "../../lab/scenario/quickstart.js";
import { repositoryRoot } from "../../lab/stateFolder.js";
import { releases } from "../../src/plan/operatingSystem.js";
import { labTraces, namedByRun, present } from "../support/labTraces.js";
import { localStackOfRun } from "../support/localStack.js";
import { createLabFixture, operatingSystemOf, type LabFixture } from "./labFixture.js";

const region = "us-east-1";
const packages = ["redis-server", "awscli", "nftables"];
const secret = "only-the-role-may-read-this";

const appUserData = `#cloud-config
package_update: true
packages: [redis-server, nftables]
`;
// By itself the AWS CLI asks the metadata service once, and waits for a second: on a busy machine it would go without.
const aws = "AWS_METADATA_SERVICE_TIMEOUT=20 AWS_METADATA_SERVICE_NUM_ATTEMPTS=3 aws";
const cacheUserData = `#cloud-config
package_update: true
packages: [redis-server, awscli, nftables]
write_files:
- path: /etc/systemd/system/redis-server.service.d/lab.conf
  content: |
    [Service]
    ExecStart=
    ExecStart=/usr/bin/redis-server --bind 0.0.0.0 --protected-mode no --supervised systemd
- path: /etc/nftables.conf
  content: |
    table inet guard {
      chain output {
        type filter hook output priority 0;
        ip daddr 169.254.169.254 meta skuid != root reject
      }
    }
- path: /etc/sysctl.d/lab.conf
  content: |
    net.ipv4.ip_local_port_range = 40000 50000
    kernel.core_pattern = |/bin/false
runcmd:
- [systemctl, restart, systemd-sysctl]
- [systemctl, start, nftables]
- [systemd-run, --unit=other, redis-server, --port, "7000", --protected-mode, "no", --save, ""]
- [sh, -c, "${aws} secretsmanager get-secret-value --secret-id lab-test --query SecretString --output text >/srv/secret"]
- [sh, -c, "${aws} sts get-caller-identity --query Arn --output text >/srv/identity"]
`;

/** The app host and the cache. Its owner is killed when both run: what is left, and how many boots are counted, is always the same. */
const hostsOfFixture = 2;

describe("the lab's test hosts", () => {
  let localStack: LocalStack;
  let fixture: LabFixture;
  let hosts: Hosts;
  let app: Host;
  let cache: Host;
  let neighbour: Probe;
  let stranger: Probe;
  let clean: object;
  let booted = false;

  before(async () => {
    clean = await labTraces();
    localStack = await localStackOfRun(() => undefined);
    const userData = { app: appUserData, cache: cacheUserData };
    fixture = await createLabFixture({ endpoint: localStack.endpoint, region, suffix: "test", userData, secret });
    hosts = await boot(localStack.endpoint, fixture.vpcId);
    booted = true;
    app = hosts.byName("app");
    cache = hosts.byName("cache");
    neighbour = await hosts.addProbe({ name: "neighbour", subnetId: fixture.subnets.app });
    stranger = await hosts.addProbe({ name: "stranger", subnetId: fixture.subnets.stranger });
  });

  after(async () => {
    // Only what this test booted: the checkout's lab may be somebody else's.
    if (booted) await stopEverything();
    await localStack.stop();
  });

  it("install packages through apt and fetch a secret with the instance's role", async () => {
    assert.equal(
      (await cache.exec(["cat", "/srv/secret"])).stdout.trim(),
      secret,
      readFileSync(cache.consoleFile, "utf8"),
    );
    assert.match((await cache.exec(["cat", "/srv/identity"])).stdout, /:assumed-role\/lab-test\/i-/);
    assert.match((await app.exec(["dpkg-query", "--show", "redis-server"])).stdout, /redis-server/);
    // cloud-init has told its result before its last unit has ended.
    const state = await app.exec(["systemctl", "is-system-running", "--wait"]);
    assert.equal(state.stdout.trim(), "running");
  });

  it("have each file of the mirrors on a connection of its own, which ends after it", async () => {
    const asked = [
      "curl",
      "--silent",
      "--show-error",
      "--include",
      "https://deb.debian.org/debian/dists/bookworm/InRelease",
    ];
    const { stdout, stderr } = await cache.exec([...asked, "--next", ...asked.slice(1)]);
    assert.equal(stderr, "");
    assert.equal(stdout.match(/^connection: close\r$/gim)?.length, 2, stdout);
    assert.equal(stdout.match(/^-----END PGP SIGNATURE-----$/gm)?.length, 2, stdout);
  });

  it("are of the release that their image is named after", async () => {
    const names = ["app", "cache"] as const;
    for (const name of names) {
      const { stdout } = await hosts.byName(name).exec(["sh", "-c", ". /etc/os-release && echo $VERSION_CODENAME"]);
      assert.equal(stdout.trim(), releases[operatingSystemOf[name]].codename);
    }
  });

  it("are of no image that the lab does not know", async () => {
    const run = { folder: mkdtempSync(join(tmpdir(), "hipaa-redis-lab-")), prefix: "none" };
    try {
      const ec2 = ec2Client({ endpoint: localStack.endpoint, region });
      const options = { packages: () => [], progress: () => undefined };
      const images = hostImages(run, await labKeys(() => undefined), ec2, options);
      const boots = (imageId: string) => images.rootOf({ name: "web", imageId });
      await assert.rejects(
        boots("ami-0123456789abcdef0"),
        /web has the image .*does not know.*debian-13-….*debian-12-…/,
      );
      await assert.rejects(boots(bakedImageIds["debian-13"]), /is named "hipaa-redis-.*bootHosts\(\{ images \}\)/);
    } finally {
      rmSync(run.folder, { recursive: true });
    }
  });

  it("are machines of their own", async () => {
    const ids = await Promise.all([app, cache].map((host) => host.exec(["cat", "/etc/machine-id"])));
    assert.notEqual(ids[0]?.stdout, ids[1]?.stdout);
    assert.equal((await cache.exec(["hostname"])).stdout.trim(), `ip-${cache.privateIp.replaceAll(".", "-")}`);
    await app.exec(["systemctl", "stop", "redis-server"]);
    assert.equal((await cache.exec(["systemctl", "is-active", "redis-server"])).stdout.trim(), "active");
    assert.ok((await cache.processes()).some(({ command }) => command.startsWith("/usr/bin/redis-server")));
    assert.equal(readFileSync(join(cache.rootFolder, "srv/secret"), "utf8").trim(), secret);
  });

  it("have kernel settings of their own for the network, and no way to change this machine's others", async () => {
    const read = (host: Host) => host.exec(["sysctl", "-n", "net.ipv4.ip_local_port_range"]);
    assert.match((await read(cache)).stdout, /^40000\s50000$/m);
    assert.match((await read(app)).stdout, /^32768\s60999$/m);
    assert.doesNotMatch(readFileSync("/proc/sys/kernel/core_pattern", "utf8"), /false/);
    assert.equal((await cache.exec(["swapon", "--show"])).stdout, "");
  });

  it("get what the security group of the other allows to their own group", async () => {
    assert.equal(await ping(app, cache.privateIp), "PONG");
  });

  it("get nothing that the security groups do not name", async () => {
    const reason = /^groups_.*_in_denied$/;
    assert.equal(await dropped(reason, () => connect(neighbour, 6379)), "timeout");
    assert.equal(await connect(neighbour, 7000, 40_009, 20_000), "connected");
  });

  it("get nothing that a network ACL does not name, in either direction", async () => {
    assert.equal(await dropped(/^acl_.*_in_denied$/, () => connect(stranger, 7000)), "timeout");
    // The way in is open, but answers to these ports are denied before a later rule allows them.
    assert.equal(await dropped(/^acl_.*_out_denied$/, () => connect(neighbour, 7000, 50_010)), "timeout");
    assert.equal(await connect(neighbour, 7000, 40_010, 20_000), "connected");
  });

  it("reach the internet through the NAT gateway on the ports that the network ACL names, or not at all", async () => {
    const get = async (host: Host | Probe, url: string, timeoutSeconds = 30) =>
      (await host.exec(["curl", "-sSkm", String(timeoutSeconds), "-o", "/dev/null", url])).exitCode;
    assert.equal(await get(cache, "https://deb.debian.org/debian/dists/bookworm/Release"), 0);
    assert.equal(await get(app, "http://deb.debian.org/debian/dists/trixie/Release"), 0);
    const plain = () => get(cache, "http://deb.debian.org/debian/dists/bookworm/Release", 3);
    assert.equal(await dropped(/^acl_.*_out_denied$/, plain), 28);
    assert.equal(await dropped(/^no_route$/, () => get(stranger, "https://198.51.100.20/", 3)), 28);
    assert.equal(await get(cache, "https://example.com/"), 6);
  });

  it("resolve AWS's names at the VPC's own resolver too", async () => {
    const program = `
      const resolver = new (require("node:dns").promises.Resolver)({ timeout: 20_000, tries: 1 });
      resolver.setServers(["10.0.0.2"]);
      resolver.resolve4("kms.us-east-1.amazonaws.com").then((all) => process.stdout.write(all.join()));`;
    assert.equal((await stranger.exec([process.execPath, "-e", program])).stdout, "198.51.100.10");
  });

  it("see their metadata with a session token only, and the host's own firewall guards it", async () => {
    const base = "http://169.254.169.254/latest";
    const curl = async (...args: string[]) => (await cache.exec(["curl", "-s", ...args])).stdout;
    assert.equal(await curl("-o", "/dev/null", "-w", "%{http_code}", `${base}/meta-data/instance-id`), "401");
    const token = await curl("-X", "PUT", "-H", "X-aws-ec2-metadata-token-ttl-seconds: 60", `${base}/api/token`);
    const header = `X-aws-ec2-metadata-token: ${token}`;
    assert.equal(await curl("-H", header, `${base}/meta-data/instance-id`), cache.instanceId);
    assert.equal(await curl("-H", header, `${base}/user-data`), cacheUserData);
    const asNobody = await cache.exec(["curl", "-sm", "30", `${base}/meta-data/`], { user: "nobody" });
    assert.equal(asNobody.exitCode, 7);
  });

  it("refuse to run twice in one checkout", async () => {
    await assert.rejects(boot(localStack.endpoint, fixture.vpcId), /running already \(process \d+\)/);
  });

  it("leave nothing behind when they stop", async () => {
    const made = readJournal();
    const probes = async () =>
      (await fixture.interfaces()).filter(({ Description }) => Description?.startsWith("lab probe"));
    assert.ok(present(made).length > 10 && namedByRun(made).length > 3 && (await probes()).length === 2);
    await hosts.stop();
    await hosts.stop();
    assert.deepEqual([...present(made), ...namedByRun(made)], []);
    assert.deepEqual(await labTraces(), clean);
    assert.deepEqual(await probes(), []);
  });

  it("leave nothing behind when their owner was killed and another process stops them", async () => {
    const owner = execa(
      process.execPath,
      ["--import", "tsx", join(import.meta.dirname, "bootAndWait.ts"), localStack.endpoint, fixture.vpcId],
      { cwd: repositoryRoot, reject: false },
    );
    let started = 0;
    for await (const line of owner) {
      if (line.startsWith("started ") && ++started === hostsOfFixture) owner.kill("SIGKILL");
    }
    assert.equal((await owner).signal, "SIGKILL");
    const made = readJournal();
    assert.ok(present(made).length > 3 && namedByRun(made).length > 1);
    await stopEverything();
    assert.deepEqual([...present(made), ...namedByRun(made)], []);
    assert.deepEqual(await labTraces(), clean);
  });

  async function dropped<T>(reason: RegExp, attempt: () => Promise<T>): Promise<T> {
    const count = async () =>
      Object.entries(await hosts.droppedPackets(fixture.vpcId)).reduce(
        (sum, [name, packets]) => sum + (reason.test(name) ? packets : 0),
        0,
      );
    const earlier = await count();
    const result = await attempt();
    assert.ok((await count()) > earlier, `no packet was dropped for ${String(reason)}`);
    return result;
  }

  async function connect(probe: Probe, port: number, localPort = 0, timeoutMs = 2000): Promise<string> {
    const program = `
      const socket = require("node:net").connect({ host: "${cache.privateIp}", port: ${port}, localPort: ${localPort} });
      socket.setTimeout(${timeoutMs}, () => end("timeout")).on("connect", () => end("connected")).on("error", (error) => end(error.code));
      function end(word) { process.stdout.write(word); process.exit(); }`;
    return (await probe.exec([process.execPath, "-e", program])).stdout;
  }
});

async function ping(host: Host, address: string): Promise<string> {
  return (await host.exec(["timeout", "30", "redis-cli", "-h", address, "ping"])).stdout.trim();
}

function boot(endpoint: string, vpcId: string): Promise<Hosts> {
  return bootHosts({ endpoint, region, vpcIds: [vpcId], packages: () => packages, progress: () => undefined });
}
