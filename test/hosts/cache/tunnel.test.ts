import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ExecResult, Host } from "../../../lab/hosts/index.js";
import { ownCertificate, tlsPing } from "../../../lab/scenario/tls.js";
import { waitFor } from "../../../lab/until.js";
import { admittedConf } from "../../../src/host/admitted.js";
import { tunnelProgram } from "../../../src/host/tunnelProgram.js";
import { journalNames, journalService } from "../../../src/host/journals.js";
import { unitNames } from "../../../src/host/units.js";
import { clientCertificate, serverCertificate } from "../../../src/plan/certificates.js";
import { callsRedis } from "../../../src/plan/tunnel.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import {
  answersAgain,
  answersOfHeld,
  holdOpen,
  journal,
  redisPid,
  shell,
  startCalls,
  withoutTheAgent,
} from "./onHost.js";
import { describeOnHosts, type TestScene } from "./scene.js";

const serverName = serverCertificate("sessions", "sessions-0", "").dnsName;

describeOnHosts(["tunnel"], "the tunnel", (scene, tunnel) => {
  let here: TestScene;
  before(async () => {
    here = await scene();
  });

  const ping = (): Promise<ExecResult> => tlsPing(here.appHost, here.node.privateIp, ownCertificate);
  /** HAProxy's old process accepts beside the new one until it has been told to end. */
  const reload = async (host: Host): Promise<void> => {
    // systemd and HAProxy's main process hold an app host's port, and accept nobody.
    const workers = `ss -Hltnp sport = :6379 | grep -o 'pid=[0-9]*' | grep -vx -e pid=1 -e pid=$(systemctl show --property=MainPID --value ${unitNames.tunnel}) || true`;
    const listening = async (): Promise<string[]> =>
      (await shell(host, workers)).split("\n").filter((line) => line !== "");
    const before = await listening();
    await shell(host, `systemctl reload ${unitNames.tunnel}`);
    if (tunnel === "haproxy") {
      await waitFor(
        "the old process accepts no more",
        async () => !(await listening()).some((pid) => before.includes(pid)),
      );
    }
  };

  /** What a connection to the app host's own tunnel ends with, without a password; 124 when it does not end. */
  const throughBoth = (port = 6379, seconds = 50): Promise<ExecResult> =>
    here.appHost.exec([
      "bash",
      "-c",
      // Who is refused may find the connection closed before it has written.
      `trap '' PIPE; exec 3<>/dev/tcp/127.0.0.1/${port}; printf 'PING\\r\\nQUIT\\r\\n' >&3; timeout ${seconds} cat <&3`,
    ]);

  it("gets through with the other tunnel's client", async () => {
    const { appHost, node } = here;
    const other = tunnelProgram(tunnel === "stunnel" ? "haproxy" : "stunnel");
    const install = "apt-get install --quiet --yes --no-install-recommends";
    await shell(appHost, `systemctl mask --quiet ${other.packagedUnit}; ${install} ${other.packageName}`);
    const { privateIp: address } = node;
    const client = other.conf(callsRedis(["127.0.0.1:6390"], { address, port: 6379, serverName }));
    await shell(appHost, `cat >${other.configPath}`, client);
    const start = other.service(false).find(([key]) => key === "ExecStart")?.[1];
    await shell(appHost, `systemd-run --quiet --unit=other-tunnel ${start}`);
    try {
      await waitFor("the other tunnel's client is answered", async () =>
        (await throughBoth(6390)).stdout.startsWith("-NOAUTH"),
      );
    } finally {
      await shell(appHost, "systemctl stop other-tunnel");
    }
  });

  it("refuses a client that was taken off the list, from the reload on, and takes it back", async () => {
    const { node } = here;
    const path = hostPaths.admitted;
    // stunnel includes whatever lies beside it.
    const sound = "/run/hipaa-redis/sound";
    const other = admittedConf(tunnel, [clientCertificate("sessions", "batch").dnsName]);
    assert.match((await ping()).stdout, /^-NOAUTH/);
    await shell(node, `cp -p ${path} ${sound} && cat >${path}`, other);
    try {
      await reload(node);
      await waitFor(
        "the client that is off the list is refused",
        async () => !(await ping()).stdout.includes("NOAUTH"),
      );
      assert.doesNotMatch((await throughBoth()).stdout, /NOAUTH/);
    } finally {
      await shell(node, `mv ${sound} ${path}`);
      await reload(node);
    }
    await waitFor("the client is answered again", async () => (await ping()).stdout.startsWith("-NOAUTH"));
  });

  it("resumes no session, so that nobody comes in by a check that is long past", async () => {
    const { appHost, node } = here;
    const ask = `printf 'PING\\r\\nQUIT\\r\\n' | openssl s_client -ign_eof -connect ${node.privateIp}:6379`;
    const client = `${ask} ${ownCertificate.join(" ")}`;
    assert.match(await shell(appHost, `rm -f /tmp/session; ${client} -sess_out /tmp/session 2>&1`), /NOAUTH/);
    // Where no session is offered there is none to resume.
    const again = await shell(appHost, `${client} $(test ! -s /tmp/session || echo -sess_in /tmp/session) 2>&1`);
    assert.match(again, /^New, TLSv1.3[^]*NOAUTH/m);
    assert.doesNotMatch(again, /Reused/);
  });

  it("lets go who does not shake hands, and never who is only silent", async () => {
    const { neighbour, node, appHost } = here;
    const silent = `exec 3<>/dev/tcp/${node.privateIp}/6379; head -c 1 <&3`;
    const subscriber = [
      "exec 3<>/dev/tcp/127.0.0.1/6379",
      `printf 'AUTH web %s\\r\\nBLPOP nothing-comes 13\\r\\n' "$(cat ${hostPaths.password})" >&3`,
      "head -n 2 <&3",
    ].join("; ");
    const [letGo, kept] = await Promise.all([
      neighbour.exec(["bash", "-c", silent], { timeoutMs: 120_000 }),
      appHost.exec(["bash", "-c", subscriber], { user: "web", timeoutMs: 120_000 }),
    ]);
    assert.notEqual(letGo.exitCode, 124);
    assert.equal(letGo.stdout, "");
    assert.deepEqual(kept.stdout.split("\r\n"), ["+OK", "*-1", ""]);
  });

  it("asks after a peer that is silent, from both ends", async () => {
    const { node, appHost } = here;
    const sockets = (side: string): string => `ss -Htno state established '( ${side} = :6379 )'`;
    const held = await holdOpen(appHost);
    for (const [host, side] of [
      [node, "sport"],
      [appHost, `dst ${node.privateIp} and dport`],
    ] as const) {
      await waitFor("the connection has keepalive", async () =>
        (await host.exec(["sh", "-c", sockets(side)])).stdout.includes("timer:(keepalive,"),
      );
    }
    assert.equal(await held.letGo(), answersOfHeld);
  });

  it("serves an honest client beside 600 connections that never shake hands", async () => {
    const { appHost, node } = here;
    await shell(appHost, "cat >/tmp/crowd.mjs", readFileSync(join(import.meta.dirname, "crowd.mjs"), "utf8"));
    const { certificate, privateKey } = hostPaths;
    const crowd = `/opt/app/node /tmp/crowd.mjs ${node.privateIp} 600 ${certificate} ${privateKey}`;
    assert.match(await shell(appHost, `ulimit -n 4096; ${crowd}`), /^-NOAUTH[^]*beside 600$/);
  });

  it("keeps every connection that stands while it is reloaded, at both ends", async () => {
    const { appHost, node } = here;
    const held = await holdOpen(appHost);
    await reload(node);
    await reload(appHost);
    await waitFor("the tunnel answers after its reloads", async () =>
      (await throughBoth()).stdout.startsWith("-NOAUTH"),
    );
    assert.equal(await held.letGo(), answersOfHeld);
  });

  // stunnel opens its port anew when it is reloaded, and in that moment refuses who comes.
  if (tunnel === "haproxy") {
    it("takes every new connection while it is reloaded", async () => {
      const { appHost, node } = here;
      const calls = await startCalls(appHost);
      /** Calls that began and ended while a reload went on; the one that was under way when it began is not among them. */
      let during = 0;
      for (let rounds = 0; during < 20 && rounds < 50; rounds += 1) {
        for (const host of [node, appHost]) {
          const before = calls.answered();
          await reload(host);
          during += Math.max(0, calls.answered() - before - 1);
        }
      }
      const { made, answered } = await calls.stop();
      assert.ok(during >= 20, `${during} calls were made during reloads`);
      assert.equal(answered, made);
    });

    it("ends a connection at once when Redis hangs, as its health check has noticed", async () => {
      const { node } = here;
      await shell(node, `kill -STOP $(${redisPid})`);
      try {
        await waitFor(
          "the tunnel has noticed that Redis hangs",
          async () => (await throughBoth(6379, 2)).exitCode !== 124,
        );
        assert.equal((await throughBoth()).stdout, "");
      } finally {
        await shell(node, `kill -CONT $(${redisPid})`);
      }
      await waitFor("the tunnel answers again", async () => (await throughBoth()).stdout.startsWith("-NOAUTH"));
    });
  }

  it("stays with what it has when a reload finds a broken certificate", async () => {
    const { node } = here;
    const file = hostPaths.certificate;
    await withoutTheAgent(node, async () => {
      await shell(node, `cp -p ${file} ${file}.sound && echo broken >${file}`);
      try {
        const { exitCode } = await node.exec(["systemctl", "reload", unitNames.tunnel]);
        // HAProxy judges it before it is told to reload; stunnel's answer is in the journal only.
        assert.equal(exitCode !== 0, tunnel === "haproxy");
        assert.match((await ping()).stdout, /^-NOAUTH/);
      } finally {
        await shell(node, `mv ${file}.sound ${file}`);
        await reload(node);
      }
    });
    await waitFor("the tunnel answers after its reloads", async () => (await ping()).stdout.startsWith("-NOAUTH"));
  });

  it("answers a caller without waiting for the next, also when systemd has handed the port to another unit since", async () => {
    const { appHost } = here;
    // As a call does that comes while the tunnel is away.
    await shell(appHost, `systemctl restart ${unitNames.portService}`);
    for (let calls = 0; calls < 5; calls += 1) assert.match((await throughBoth()).stdout, /^-NOAUTH/);
  });

  it("has a caller of its socket wait while it is away, and keeps the socket and its folder through restarts and reloads", async () => {
    const { appHost } = here;
    const { clientFolder, clientSocket } = hostPaths;
    const inodes = (): Promise<string> => shell(appHost, `stat --format=%i ${clientFolder} ${clientSocket}`);
    const before = await inodes();
    const ask = `import socket; s = socket.socket(socket.AF_UNIX); s.connect("${clientSocket}"); print("waits", flush=True); s.sendall(b"PING\\r\\nQUIT\\r\\n"); print(s.makefile().read())`;
    const asking = [
      `systemctl stop ${unitNames.tunnel}`,
      `setpriv --reuid=12345 --regid=web --clear-groups python3 -c '${ask}' >/tmp/asked & asked=$!`,
      "timeout 600 sh -c 'until grep -q waits /tmp/asked; do sleep 0.1; done'",
      `systemctl start ${unitNames.tunnel}`,
      "wait $asked; cat /tmp/asked",
    ];
    assert.match(await shell(appHost, asking.join("\n")), /^waits\n-NOAUTH/);
    await reload(appHost);
    assert.equal(await inodes(), before);
    // Also when it has been called while the tunnel was away.
    await shell(appHost, `systemctl restart ${unitNames.port}`);
    await waitFor("the tunnel answers again", async () => (await throughBoth()).stdout.startsWith("-NOAUTH"));
  });

  it("starts as often as it is stopped, at both ends, for what its journal is written through stays up", async () => {
    // Debian 12 has no such unit, and needs none.
    const sync = `systemctl show --property=InvocationID --value systemd-journald-sync@${journalNames.tunnel}.service`;
    for (const host of [here.node, here.appHost]) {
      const before = await shell(host, sync);
      await shell(
        host,
        `for i in $(seq 8); do systemctl stop ${unitNames.tunnel}; systemctl start ${unitNames.tunnel}; done`,
      );
      assert.equal(await shell(host, sync), before);
    }
    await answersAgain(here.app);
  });

  it("is written about also where its journal has died, as systemd's watchdog ends one on a machine that stood still, at both ends", async () => {
    const service = journalService("tunnel");
    const pid = `systemctl show --property=MainPID --value ${service}`;
    const dies = `was=$(${pid}); kill -ABRT $was; until is=$(${pid}) && [ $is != 0 ] && [ $is != $was ]; do sleep 0.1; done`;
    const lines = async (host: Host): Promise<number> =>
      (await journal(host, `_SYSTEMD_UNIT=${unitNames.tunnel}`)).split("\n").length;
    const hosts = [here.node, here.appHost];
    // One time more than systemd by itself starts a unit in a short while.
    await Promise.all(hosts.map((host) => shell(host, `for i in $(seq 6); do ${dies}; done`)));
    const before = await Promise.all(hosts.map(lines));
    assert.match((await throughBoth()).stdout, /^-NOAUTH/);
    for (const [index, host] of hosts.entries())
      await waitFor(
        `the connection is in the journal of ${host.name}`,
        async () => (await lines(host)) > (before[index] ?? 0),
      );
    for (const host of hosts) assert.equal(await shell(host, "systemctl --failed --no-legend --plain"), "");
  });

  it("ends a connection at once when Redis is away", async () => {
    const { node } = here;
    await shell(node, `systemctl stop ${unitNames.redis}`);
    try {
      const { exitCode, stdout } = await throughBoth();
      assert.notEqual(exitCode, 124);
      assert.equal(stdout, "");
    } finally {
      await shell(node, `systemctl start ${unitNames.redis}`);
    }
    await waitFor("the tunnel answers again", async () => (await throughBoth()).stdout.startsWith("-NOAUTH"));
  });
});
