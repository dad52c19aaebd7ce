import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createConnection, type Socket } from "node:net";
import { ensureDebianPackages } from "../../../lab/prerequisites.js";
import { resp } from "../../../lab/scenario/talk.js";
import { redisConf } from "../../../src/host/redisConf.js";
import { redisUsersConf } from "../../../src/host/redisUsers.js";
import { lockedCommands } from "../../../src/plan/commands.js";
import { hostPaths } from "../../../src/plan/hostPaths.js";
import { ScriptHost } from "../../support/scriptHost.js";

const commands = lockedCommands({ allowScripting: false });
const password = "password-of-a-test";
const passwordsSha256 = [createHash("sha256").update(password).digest("hex")];
const usersConf = (...names: readonly string[]): string =>
  redisUsersConf(
    names.map((name) => ({ name, passwordsSha256 })),
    commands,
  );

/** So few that one client holds them all. */
const places = 20;

describe("the agent of a node, with a real Redis", () => {
  let host: ScriptHost;
  const sockets: Socket[] = [];

  before(() => ensureDebianPackages(["redis-server"]));
  beforeEach(() => {
    host = new ScriptHost();
    for (const script of ["apply-users", "ask-redis", "begin-anew", "prepare-redis", "revive-redis"] as const)
      host.install(script);
    for (const command of ["sleep", "chown"]) host.standIn(command);
    host.standIn("logger", `cat >>${host.path("/journal")}`);
    const [pid, conf] = [host.path("/pid"), host.path(hostPaths.redisConfig)];
    host.standIn(
      "systemctl",
      `case $1 in
show) echo active ;;
kill) kill -KILL "$(cat ${pid})" ;;
restart)
  rm -f ${pid}
  prepare-redis ACL CONFIG
  redis-server ${conf} >/dev/null
  until [ -s ${pid} ] && redis-cli -s ${host.path(hostPaths.redisSocket)} PING >/dev/null 2>&1; do :; done ;;
esac`,
    );
    host.standIn("prepare-redis", `exec ${host.path(hostPaths.scriptsFolder)}/prepare-redis "$@"`);
    const text = redisConf(commands)
      .replaceAll(/\/(run|etc)\/hipaa-redis/g, (path) => host.path(path))
      .replace("supervised systemd", `pidfile ${pid}`)
      .replace("daemonize no", "daemonize yes")
      .replace(/maxclients \d+/, `maxclients ${String(places)}`);
    host.write(hostPaths.redisConfig, text);
    host.write(`${hostPaths.redisStartFolder}/agent`, "");
    host.write(hostPaths.redisMemory, "maxmemory 100mb\n");
    host.write(hostPaths.redisUsers, usersConf("web", "gone"));
    host.write("/journal", "");
    execFileSync(host.path("/bin/systemctl"), ["restart"], {
      env: { PATH: `${host.path("/bin")}:${process.env["PATH"] ?? ""}`, CALLS: host.path("/calls") },
    });
  });
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
    process.kill(pidOfRedis(), "SIGKILL");
    host.remove();
  });

  const pidOfRedis = (): number => Number(host.read("/pid"));

  /** A connection that has said these and was answered to each; it stays open. */
  const talk = async (...calls: readonly (readonly string[])[]): Promise<Talk> => {
    const socket = createConnection(host.path(hostPaths.redisSocket));
    sockets.push(socket);
    socket.on("error", () => undefined);
    let came = "";
    socket.on("data", (data) => (came += data.toString()));
    const ended = new Promise((resolve) => socket.once("close", resolve));
    for (const [index, call] of calls.entries()) {
      socket.write(resp(call));
      while (came.split("\r\n").length - 1 <= index && !socket.destroyed) await once(socket, "data");
    }
    return { socket, ended, came: () => came };
  };
  const signIn = (name: string): readonly string[] => ["AUTH", name, password];
  const answerTo = async (name: string): Promise<string> => (await talk(signIn(name))).came();

  const takeOff = () => {
    host.write(hostPaths.redisUsers, usersConf("web"));
    return host.run("apply-users", [host.path(hostPaths.redisUsers)]).status;
  };
  const alarm = (what: string): RegExp =>
    new RegExp(
      `^MESSAGE_ID=\\w{32}\nPRIORITY=2\n.*\nMESSAGE=hipaa-redis: alarm: ${what}.* It begins anew, empty\\.\n$`,
    );

  /** Sets with so much in common, so often asked about that nothing else is answered for many seconds. */
  const keepBusy = async (): Promise<Talk> => {
    const members = Array.from({ length: 100_000 }, (_, number) => `m${String(number)}`);
    const client = await talk(signIn("gone"), ["SADD", "s", ...members], ["SADD", "t", ...members, "more"]);
    client.socket.write(resp(["SINTERCARD", "5001", "s", ...Array<string>(5000).fill("t")]));
    // It would be waited for too long otherwise.
    host.standIn("timeout", 'shift; exec /usr/bin/timeout 0.5 "$@"');
    return client;
  };

  it("takes a client off the running Redis, whose other clients stay", async () => {
    const [pid, gone, web] = [pidOfRedis(), await talk(signIn("gone")), await talk(signIn("web"))];
    assert.equal(takeOff(), 0);
    await gone.ended;
    assert.match(await answerTo("gone"), /^-WRONGPASS /);
    assert.deepEqual([web.socket.destroyed, pidOfRedis(), host.read("/journal")], [false, pid, ""]);
  });

  it("takes one off that holds all places: Redis begins anew", async () => {
    const held = [];
    for (let place = 0; place < places; place += 1) held.push(await talk(signIn("gone")));
    const refused = await talk();
    await refused.ended;
    assert.match(refused.came(), /^-ERR max number of clients reached/);
    assert.equal(takeOff(), 0);
    await Promise.all(held.map(({ ended }) => ended));
    assert.match(await answerTo("gone"), /^-WRONGPASS /);
    assert.equal(await answerTo("web"), "+OK\r\n");
    assert.match(host.read("/journal"), alarm("Redis did not take its users: "));
  });

  it("takes one off that keeps Redis busy with one command: Redis begins anew", async () => {
    const busy = await keepBusy();
    assert.equal(takeOff(), 0);
    await busy.ended;
    assert.match(await answerTo("gone"), /^-WRONGPASS /);
    assert.equal(await answerTo("web"), "+OK\r\n");
    assert.match(host.read("/journal"), alarm("Redis did not take its users: it does not answer"));
  });

  it("has a Redis begin anew that answers nobody, and leaves one alone that does", async () => {
    const pid = pidOfRedis();
    assert.deepEqual([host.run("revive-redis").status, pidOfRedis()], [0, pid]);
    const busy = await keepBusy();
    assert.equal(host.run("revive-redis").status, 0);
    await busy.ended;
    assert.equal(await answerTo("gone"), "+OK\r\n");
    assert.match(host.read("/journal"), alarm("Redis took no writes, because it does not answer"));
  });
});

interface Talk {
  readonly socket: Socket;
  readonly ended: Promise<unknown>;
  readonly came: () => string;
}
