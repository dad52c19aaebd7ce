import assert from "node:assert/strict";
import type { ExecResult, Host } from "../../../lab/hosts/index.js";
import { tunnelPid } from "../../../lab/scenario/attacks/appHost.js";
import { unitNames } from "../../../src/host/units.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { engineProgram } from "../../../src/plan/engine.js";
import { redisLimits } from "../../../src/plan/limits.js";
import { redisPid, shell } from "./onHost.js";
import { describeOnHosts, type TestScene } from "./scene.js";

describeOnHosts(["tunnel"], "the sandbox of our services", (scene, _tunnel, { engine }) => {
  let here: TestScene;
  before(async () => {
    here = await scene();
  });

  const { account } = engineProgram(engine);
  const services = (): (readonly [host: Host, unit: string, pid: string])[] => [
    [here.node, unitNames.redis, redisPid],
    [here.node, unitNames.tunnel, tunnelPid],
    [here.appHost, unitNames.tunnel, tunnelPid],
  ];

  it("is under 2.5 by systemd-analyze security, for Redis and both tunnels", async () => {
    const judge = (host: Host, unit: string): Promise<ExecResult> =>
      host.exec(["systemd-analyze", "security", "--no-pager", "--threshold=25", unit]);
    for (const [host, unit] of services()) {
      const { exitCode, stdout } = await judge(host, unit);
      assert.equal(exitCode, 0, stdout);
    }
    assert.notEqual((await judge(here.node, "ssh.service")).exitCode, 0);
  });

  it("is in force: no capability, no way to more rights, a filter of system calls", async () => {
    for (const [host, , pid] of services()) {
      const status = await shell(host, `cat /proc/$(${pid})/status`);
      for (const line of ["CapEff:\t0000000000000000", "CapBnd:\t0000000000000000"]) assert.ok(status.includes(line));
      for (const line of ["NoNewPrivs:\t1", "Seccomp:\t2"]) assert.ok(status.includes(line), line);
    }
  });

  /** As Redis's user, in Redis's view of the file system. */
  const asRedis = (command: string): Promise<ExecResult> =>
    here.node.exec(["bash", "-c", `exec nsenter -t $(${redisPid}) -m -S $(id -u ${account}) -- sh -c "$0"`, command]);

  it("leaves Redis one place to write to, in memory, which it can't fill", async () => {
    const folders = [
      "/",
      "/tmp",
      "/var/tmp",
      `/var/lib/${account}`,
      `/var/log/${account}`,
      "/dev/shm",
      "/run",
      "/home",
      "/etc",
    ];
    for (const folder of folders) {
      const { exitCode, stderr } = await asRedis(`touch ${folder}/written`);
      assert.notEqual(exitCode, 0, folder);
      assert.match(stderr, /Read-only file system|Permission denied|No such file/, folder);
    }
    const file = `${hostPaths.redisFolder}/written`;
    assert.equal((await asRedis(`touch ${file} && rm ${file}`)).exitCode, 0);
    const mounted = await shell(here.node, `findmnt --noheadings --output FSTYPE,OPTIONS ${hostPaths.redisFolder}`);
    assert.match(mounted, /^tmpfs +rw,nosuid,nodev,noexec/);
    const more = 2 * redisLimits.folderBytes;
    const filled = await asRedis(`head -c ${more} /dev/zero >${file}; code=$?; rm -f ${file}; exit $code`);
    assert.notEqual(filled.exitCode, 0);
    assert.match(filled.stderr, /No space left/);
  });

  it("runs nothing that was written there", async () => {
    const file = `${hostPaths.redisFolder}/program`;
    const { exitCode, stderr } = await asRedis(`cp /bin/true ${file}; ${file}; code=$?; rm -f ${file}; exit $code`);
    assert.equal(exitCode, 126, stderr);
    assert.match(stderr, /Permission denied/);
    assert.equal((await asRedis("/bin/true")).exitCode, 0);
  });

  it("keeps memory off the disk: no swap, no core dumps, no file of Redis's", async () => {
    for (const host of [here.node, here.appHost]) {
      assert.equal(await shell(host, "swapon --noheadings --show"), "");
      assert.equal(await shell(host, "systemctl is-enabled swap.target || true"), "masked");
    }
    for (const [host, unit] of services()) {
      assert.equal(
        await shell(host, `systemctl show --property=MemorySwapMax,LimitCORE ${unit}`),
        "MemorySwapMax=0\nLimitCORE=0",
      );
    }
    const saved = `find / -xdev \\( -name '*.rdb' -o -name 'appendonly*' -o -name core -o -name 'core.[0-9]*' \\) -type f -size +0`;
    assert.equal(await shell(here.node, `${saved} -newer ${hostPaths.redisConfig}`), "");
  });
});
