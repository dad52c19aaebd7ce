import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ExecResult } from "../../../lab/hosts/index.js";
import { waitFor } from "../../../lab/until.js";
import { markJournal } from "../../../lab/scenario/journal.js";
import { unitNames } from "../../../src/host/units.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { redisLimits } from "../../../src/plan/limits.js";
import { configOf, holdOpen, hostCommandMs, journal, openConfig, shell, shutConfig, startAnew } from "./onHost.js";
import { describeOnHosts, type TestScene } from "./scene.js";

const mebibyte = 1024 ** 2;

describeOnHosts(["tunnel"], "limits", (scene) => {
  let here: TestScene;
  before(async () => {
    here = await scene();
  });

  const get = (setting: string): Promise<string> => configOf(here.node, setting);

  /** Sends bytes as the application does, and returns what comes back until the connection ends. */
  const send = (bytes: string): Promise<ExecResult> => {
    const authenticate = `printf 'AUTH web %s\\r\\n' "$(cat ${hostPaths.password})"`;
    // Who is cut while there is more to say goes on to what was answered: a broken pipe would end the shell.
    const talk = `{ ${authenticate}; ${bytes}; } >&3 2>/dev/null; timeout 300 cat <&3`;
    const script = `trap '' PIPE; exec 3<>/dev/tcp/127.0.0.1/6379; ${talk}`;
    return here.appHost.exec(["bash", "-c", script], { user: "web", timeoutMs: hostCommandMs });
  };

  /** SET of a value of so many bytes, of which so many are sent, and QUIT. */
  const set = (valueBytes: number, sentBytes = valueBytes): string =>
    [
      `printf '*3\\r\\n$3\\r\\nSET\\r\\n$5\\r\\nlarge\\r\\n$${valueBytes}\\r\\n'`,
      `head -c ${sentBytes} /dev/zero`,
      "printf '\\r\\nDEL large\\r\\nQUIT\\r\\n'",
    ].join("; ");

  it("of guessing: wrong passwords are in the journal as a count, without the guesses", async () => {
    const guess = `no-password-${randomBytes(8).toString("hex")}`;
    const answers = await here.app.send(
      ["one", "two", "three"].map((end) => ({ command: ["PING"], password: guess + end })),
    );
    assert.ok(answers.every(({ error }) => error?.startsWith("WRONGPASS")));
    await shell(here.node, startAnew(unitNames.refresh));
    const text = await journal(here.node);
    assert.match(
      text,
      /hipaa-redis: \d+ wrong passwords were refused since the last look, \d+ since Redis began to count\./,
    );
    assert.ok(!text.includes(guess));
    // The control case: without a guess in between nothing is told.
    const told = (all: string): number => all.match(/wrong passwords were refused/g)?.length ?? 0;
    await shell(here.node, startAnew(unitNames.refresh));
    assert.equal(told(await journal(here.node)), told(text));
  });

  it("are in force in Redis", async () => {
    const total = Number(await shell(here.node, "awk '/^MemTotal:/ { print $2 }' /proc/meminfo"));
    const wanted = {
      maxmemory: String(Math.floor((total * redisLimits.memoryPercent) / 100) * 1024),
      "maxmemory-clients": `${redisLimits.clientMemoryPercent}%`,
      maxclients: String(redisLimits.clients),
      "proto-max-bulk-len": String(redisLimits.largestValueBytes),
      "client-query-buffer-limit": String(redisLimits.queryBufferBytes),
      "maxmemory-policy": "allkeys-lru",
      timeout: "0",
    };
    for (const [setting, value] of Object.entries(wanted)) assert.equal(await get(setting), value, setting);
    const buffers = await get("client-output-buffer-limit");
    const { mostBytes, lastingBytes, seconds } = redisLimits.outputBuffer;
    assert.ok(buffers.startsWith(`normal ${mostBytes} ${lastingBytes} ${seconds} `), buffers);
  });

  it("leave Redis nothing to warn of when it starts, but for a kernel that is the lab's machine's", async () => {
    const log = await journal(here.node, `--unit=${unitNames.redis}`);
    assert.match(log, /Server initialized/);
    const warnings = log.split("\n").filter((line) => line.includes("WARNING"));
    // What another test sets while it runs is no matter of a start.
    const others = ["vm.overcommit_memory = 1", "set via CONFIG SET"];
    assert.deepEqual(
      warnings.filter((line) => !others.some((other) => line.includes(other))),
      [],
    );
    assert.match(await shell(here.node, `cat ${hostPaths.kernelSettings}`), /^vm\.overcommit_memory = 1$/m);
  });

  it("let a value of 31 MiB in, and refuse one of 512 MiB before it is sent", async () => {
    assert.equal((await send(set(31 * mebibyte))).stdout, "+OK\r\n+OK\r\n:1\r\n+OK\r\n");
    const refused = await send(set(512 * mebibyte, 0));
    // Redis cuts the connection at once, and a tunnel may lose what was said last.
    assert.match(refused.stdout, /^(\+OK\r\n)?(-ERR Protocol error: invalid bulk length\r\n)?$/);
    assert.deepEqual(await here.app.send([{ command: ["EXISTS", "large"] }]), [{ reply: 0 }]);
  });

  it("cut a client that asks and doesn't take its answers, and no other", async () => {
    const log = await markJournal(here.node);
    await send(set(16 * mebibyte).replace("DEL large", "PING"));
    const enough = "/tmp/enough";
    const greedy = [
      "exec 3<>/dev/tcp/127.0.0.1/6379",
      `{ printf 'AUTH web %s\\r\\n' "$(cat ${hostPaths.password})"; yes $'GET large\\r' | head -n 40; } >&3`,
      `until [ -e ${enough} ]; do sleep 0.1; done`,
    ].join("; ");
    const asking = here.appHost.exec(["bash", "-c", greedy], { user: "web", timeoutMs: hostCommandMs });
    await waitFor("Redis ends the greedy client", async () =>
      (await log()).includes("overcoming of output buffer limits"),
    );
    assert.deepEqual(await here.app.send([{ command: ["DEL", "large"] }]), [{ reply: 1 }]);
    await shell(here.appHost, `touch ${enough}`);
    await asking;
    await shell(here.appHost, `rm ${enough}`);
  });

  it("tell a client that is one too many so, and let it in when there is a place again", async () => {
    const config = await openConfig(here.node);
    const setClients = async (count: number): Promise<unknown> => {
      const [answer] = await here.app.send([{ command: [config, "SET", "maxclients", String(count)] }]);
      return answer?.reply;
    };
    const held = await holdOpen(here.appHost);
    assert.equal(await setClients(2), "OK");
    try {
      // HAProxy's own check, and connections from before, may have the second place for a moment: no third is tried before
      // the second is this one's.
      const both = [
        "trap '' PIPE; second() { exec 3<>/dev/tcp/127.0.0.1/6379; printf 'PING\\r\\n' >&3; read -r -t 50 answer <&3; [[ $answer == -NOAUTH* ]]; }",
        "until second; do exec 3>&-; sleep 0.1; done",
        "exec 4<>/dev/tcp/127.0.0.1/6379; timeout 50 cat <&4",
      ].join("; ");
      const { stdout } = await here.appHost.exec(["bash", "-c", both], { timeoutMs: hostCommandMs });
      assert.equal(stdout, "-ERR max number of clients reached\r\n");
    } finally {
      await held.letGo();
      // What was refused may have both places until the tunnels have closed it.
      await waitFor("Redis takes its limit back", async () => (await setClients(redisLimits.clients)) === "OK");
      await shutConfig(here.node);
    }
    const [answer] = await here.app.send([{ command: ["PING"] }]);
    assert.deepEqual(answer, { reply: "PONG" });
  });

  it("let 5,000 clients in through both tunnels", async () => {
    const logs = await Promise.all([here.node, here.appHost].map((host) => markJournal(host)));
    await shell(
      here.appHost,
      "cat >/tmp/crowd-of-clients.mjs",
      readFileSync(join(import.meta.dirname, "crowdOfClients.mjs"), "utf8"),
    );
    const answers = await shell(here.appHost, "ulimit -n 8192; /opt/app/node /tmp/crowd-of-clients.mjs 5000");
    // Why a tunnel ended what nobody asked it to end.
    const said = await Promise.all(logs.map((log) => log()));
    assert.equal(answers, '{"-NOAUTH Authentication required.":5000}', said.join("\n"));
  });
});
