import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ExecResult, Host } from "../../../lab/hosts/index.js";
import { issue, type Identity, type Request } from "../../../lab/scenario/strangers.js";
import { ownCertificate, tlsPing } from "../../../lab/scenario/tlsAttempts.js";
import { tunnelProgram } from "../../../src/host/tunnelProgram.js";
import { unitNames } from "../../../src/host/units.js";
import { hostPaths } from "../../../src/plan/hostPaths.js";
import { describeEachTunnel, type TestScene } from "./scene.js";

const serverName = "sessions-0.node.sessions.hipaa-redis.internal";

describeEachTunnel("the tunnel", (scene, engine) => {
  let here: TestScene;
  before(async () => {
    here = await scene();
  });

  /** Runs shell text on a host; it must succeed. */
  const shell = async (host: Host, text: string, input = ""): Promise<string> => {
    const { exitCode, stdout, stderr } = await host.exec(["bash", "-ec", text], { input });
    assert.equal(exitCode, 0, `${text}: ${stdout}${stderr}`);
    return stdout.trim();
  };
  const ping = (): Promise<ExecResult> => tlsPing(here.appHost, here.node.privateIp, ownCertificate);
  const reload = (host: Host): Promise<string> => shell(host, `systemctl reload ${unitNames.tunnel}`);

  /** What a connection to the app host's own tunnel ends with, without a password. */
  const throughBoth = (seconds: number, port = 6379): Promise<ExecResult> =>
    here.appHost.exec([
      "bash",
      "-c",
      `exec 3<>/dev/tcp/127.0.0.1/${port}; printf 'PING\\r\\nQUIT\\r\\n' >&3; timeout ${seconds} cat <&3`,
    ]);

  describe("when another machine answers in the cache's place", () => {
    const folder = "/root/man-in-the-middle";
    const ask = async (identity: Identity): Promise<{ answer: string; journal: string }> => {
      const { appHost, app, node } = here;
      const files = [
        ["server.mjs", join(import.meta.dirname, "fakeServer.mjs")],
        ["certificate.pem", identity.certificateFile],
        ["key.pem", identity.privateKeyFile],
      ] as const;
      await shell(appHost, `install -d -m 700 ${folder}`);
      for (const [name, file] of files)
        await shell(appHost, `cat >${folder}/${name}`, readFileSync(file, "utf8"));
      const server = `/opt/app/node ${folder}/server.mjs ${folder}/certificate.pem ${folder}/key.pem 7000`;
      await shell(appHost, `systemd-run --quiet --unit=fake-server ${server}`);
      await shell(appHost, `timeout 20 sh -c 'until ss -Hltn sport = :7000 | grep -q .; do sleep 0.1; done'`);
      const table = `table ip fake { chain output { type nat hook output priority -100; ip daddr ${node.privateIp} tcp dport 6379 redirect to :7000; }; }`;
      await shell(appHost, "nft --file /dev/stdin", `${table}\n`);
      try {
        const [answer] = await app.send([{ command: ["PING"], password: "" }]);
        const journal = await shell(appHost, "journalctl --unit=fake-server --output=cat --no-pager");
        return { answer: answer?.error ?? JSON.stringify(answer?.reply), journal };
      } finally {
        await shell(appHost, `nft delete table ip fake; systemctl stop fake-server; rm -r ${folder}`);
        await shell(appHost, "journalctl --quiet --rotate --vacuum-time=1s");
      }
    };
    const server = (change: Partial<Request> = {}): Request => ({
      ...{ file: "fake", dnsName: serverName, usage: "serverAuth", ...change },
    });

    it("talks to it when the cache's authority has given it the cache's name: the control", async () => {
      const { answer, journal } = await ask(await issue(here.authorities.own, server(), here.folder));
      assert.match(answer, /man in the middle/);
      assert.match(journal, /got \d+ bytes/);
    });

    for (const [what, authority, change] of [
      ["another authority", "other", {}],
      ["another name", "own", { dnsName: "sessions-1.node.sessions.hipaa-redis.internal" }],
      ["the use of a client", "own", { usage: "clientAuth" }],
    ] as const) {
      it(`sends it nothing when its certificate is of ${what}`, async () => {
        const identity = await issue(here.authorities[authority], server(change), here.folder);
        const { answer, journal } = await ask(identity);
        assert.doesNotMatch(answer, /man in the middle/);
        assert.doesNotMatch(journal, /got/);
        assert.match(journal, /refused|Started/);
      });
    }
  });

  it("is one road with the other engine's client", async () => {
    const { appHost, node } = here;
    const other = tunnelProgram(engine === "stunnel" ? "haproxy" : "stunnel");
    const install = "apt-get install --quiet --yes --no-install-recommends";
    await shell(appHost, `systemctl mask --quiet ${other.packagedUnit}; ${install} ${other.packageName}`);
    const { privateIp: address } = node;
    const client = other.clientConf({ localPort: 6390, address, port: 6379, serverName });
    await shell(appHost, `cat >${other.configPath}`, client);
    const start = other.service.find(([key]) => key === "ExecStart")?.[1];
    await shell(appHost, `systemd-run --quiet --unit=other-tunnel ${start}`);
    try {
      await until(async () => (await throughBoth(5, 6390)).stdout.startsWith("-NOAUTH"));
    } finally {
      await shell(appHost, "systemctl stop other-tunnel");
    }
  });

  it("refuses a client that was taken off the list, from the reload on, and takes it back", async () => {
    const { node, authorities } = here;
    const authority = readFileSync(authorities.own.certificateFile, "utf8");
    const nobody = { authority, admitted: [] };
    assert.match((await ping()).stdout, /^-NOAUTH/);
    for (const { path, content } of tunnelProgram(engine).admissionFiles) {
      await shell(node, `cp -p ${path} ${path}.sound && cat >${path}`, content(nobody));
    }
    try {
      await reload(node);
      await until(async () => !(await ping()).stdout.includes("NOAUTH"));
      assert.doesNotMatch((await throughBoth(5)).stdout, /NOAUTH/);
    } finally {
      for (const { path } of tunnelProgram(engine).admissionFiles)
        await shell(node, `mv ${path}.sound ${path}`);
      await reload(node);
    }
    await until(async () => (await ping()).stdout.startsWith("-NOAUTH"));
  });

  it("resumes no session, so that nobody comes in by a check that is long past", async () => {
    const { appHost, node } = here;
    const ask = `printf 'PING\\r\\nQUIT\\r\\n' | openssl s_client -ign_eof -connect ${node.privateIp}:6379`;
    const client = `${ask} ${ownCertificate.join(" ")}`;
    assert.match(await shell(appHost, `rm -f /tmp/session; ${client} -sess_out /tmp/session 2>&1`), /NOAUTH/);
    // Where no session is offered there is none to resume.
    const again = await shell(
      appHost,
      `${client} $(test ! -s /tmp/session || echo -sess_in /tmp/session) 2>&1`,
    );
    assert.match(again, /^New, TLSv1.3[^]*NOAUTH/m);
    assert.doesNotMatch(again, /Reused/);
  });

  it("lets go who does not shake hands, and never who is only silent", async () => {
    const { neighbour, node, appHost } = here;
    const silent = `exec 3<>/dev/tcp/${node.privateIp}/6379; head -c 1 <&3`;
    const subscriber = [
      "exec 3<>/dev/tcp/127.0.0.1/6379",
      `printf 'AUTH %s\\r\\nBLPOP nothing-comes 13\\r\\n' "$(cat ${hostPaths.password})" >&3`,
      "head -n 2 <&3",
    ].join("; ");
    const [letGo, kept] = await Promise.all([
      neighbour.exec(["bash", "-c", silent], { timeoutMs: 30_000 }),
      appHost.exec(["bash", "-c", subscriber], { user: "web", timeoutMs: 30_000 }),
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
      await until(async () =>
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
    assert.match(await shell(appHost, `ulimit -n 4096; timeout 30 ${crowd}`), /^-NOAUTH/);
  });

  it("keeps every connection that stands while it is reloaded, at both ends", async () => {
    const { appHost, node } = here;
    const held = await holdOpen(appHost);
    await reload(node);
    await reload(appHost);
    await until(async () => (await throughBoth(5)).stdout.startsWith("-NOAUTH"));
    assert.equal(await held.letGo(), answersOfHeld);
  });

  // stunnel opens its port anew when it is reloaded, and in that moment refuses who comes.
  if (engine === "haproxy") {
    it("takes every new connection while it is reloaded", async () => {
      const { appHost, node } = here;
      const calls = `for i in $(seq 60); do exec 3<>/dev/tcp/127.0.0.1/6379; printf 'PING\\r\\nQUIT\\r\\n' >&3; timeout 5 cat <&3; exec 3>&-; done`;
      const calling = appHost.exec(["bash", "-c", calls]);
      for (let round = 0; round < 3; round++) {
        await reload(node);
        await reload(appHost);
      }
      assert.equal((await calling).stdout.match(/-NOAUTH/g)?.length, 60);
    });

    it("ends a connection at once when Redis hangs, as its health check has noticed", async () => {
      const { node } = here;
      await shell(node, "kill -STOP $(pgrep -ox redis-server)");
      try {
        await until(async () => (await throughBoth(2)).exitCode !== 124);
        assert.equal((await throughBoth(2)).stdout, "");
      } finally {
        await shell(node, "kill -CONT $(pgrep -ox redis-server)");
      }
      await until(async () => (await throughBoth(2)).stdout.startsWith("-NOAUTH"));
    });
  }

  it("stays with what it has when a reload finds a broken certificate", async () => {
    const { node } = here;
    const file = hostPaths.certificate;
    await shell(node, `cp -p ${file} ${file}.sound && echo broken >${file}`);
    try {
      const { exitCode } = await node.exec(["systemctl", "reload", unitNames.tunnel]);
      // HAProxy judges it before it is told to reload; stunnel's answer is in the journal only.
      assert.equal(exitCode !== 0, engine === "haproxy");
      assert.match((await ping()).stdout, /^-NOAUTH/);
    } finally {
      await shell(node, `mv ${file}.sound ${file}`);
      await reload(node);
    }
    assert.match((await ping()).stdout, /^-NOAUTH/);
  });

  it("ends a connection at once when Redis is away", async () => {
    const { node } = here;
    await shell(node, `systemctl stop ${unitNames.redis}`);
    try {
      const { exitCode, stdout } = await throughBoth(5);
      assert.notEqual(exitCode, 124);
      assert.equal(stdout, "");
    } finally {
      await shell(node, `systemctl start ${unitNames.redis}`);
    }
    await until(async () => (await throughBoth(5)).stdout.startsWith("-NOAUTH"));
  });
});

/** What a connection that was held open has brought: an answer before and one after. */
const answersOfHeld = "-NOAUTH Authentication required.\r\n".repeat(2) + "+OK\r\n";

/** Opens a connection through both tunnels, has an answer on it, and another one before it is let go. */
async function holdOpen(appHost: Host): Promise<{ letGo: () => Promise<string> }> {
  const [began, ended] = ["/tmp/held", "/tmp/let-go"];
  await appHost.exec(["rm", "-f", began, ended]);
  const script = [
    "exec 3<>/dev/tcp/127.0.0.1/6379; printf 'PING\\r\\n' >&3; head -n 1 <&3",
    `touch ${began}; until [ -e ${ended} ]; do sleep 0.1; done`,
    "printf 'PING\\r\\nQUIT\\r\\n' >&3; timeout 5 cat <&3",
  ].join("; ");
  const holding = appHost.exec(["bash", "-c", script]);
  await until(async () => (await appHost.exec(["test", "-e", began])).exitCode === 0);
  return {
    letGo: async () => {
      await appHost.exec(["touch", ended]);
      return (await holding).stdout;
    },
  };
}

/** Waits for a condition, for half a minute at most. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, `Still not so after 30 s: ${condition.toString()}`);
  }
}
