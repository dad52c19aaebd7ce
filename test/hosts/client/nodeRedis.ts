import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createConnection, type Socket } from "node:net";
import { resp } from "../../../lab/scenario/talk.js";
import { ownServed, type ServerPrograms } from "../../../lab/servers/serverPrograms.js";
import { defaultSettings, redisConf, type RedisSettings } from "../../../src/host/redisConf.js";
import { redisUsersConf } from "../../../src/host/redisUsers.js";
import type { ScriptName } from "../../../src/host/scripts.js";
import { lockedCommands } from "../../../src/plan/commands.js";
import { defaultEngine, engineProgram, engineVersion, type Engine } from "../../../src/plan/engine.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { ScriptHost } from "../../support/scriptHost.js";

type Commands = ReturnType<typeof lockedCommands>;
const withoutScripting = lockedCommands({ allowScripting: false });
const password = "password-of-a-test";
export const passwordsSha256 = [createHash("sha256").update(password).digest("hex")];

/** Users with the rights of clients, and this password. */
export function usersConf(names: readonly string[], commands: Commands = withoutScripting): string {
  return redisUsersConf(
    names.map((name) => ({ name, passwordsSha256 })),
    commands,
  );
}

export const signIn = (name: string): readonly string[] => ["AUTH", name, password];

const scripts: readonly ScriptName[] = [
  ...(["apply-users", "ask-redis", "begin-anew", "count-refusals", "prepare-redis", "revive-redis"] as const),
];

/** So few that one client holds them all. */
export const places = 20;

/** A connection to it that stays open. */
export interface Talk {
  readonly socket: Socket;
  readonly ended: Promise<unknown>;
  readonly came: () => string;
}

export interface NodeRedisOptions {
  readonly allowScripting: boolean;
  /** As by default when left out. */
  readonly settings?: Partial<RedisSettings>;
  /** The machine's own when left out. */
  readonly programs?: ServerPrograms;
}

/** A real Redis as a node has it, with clients `web` and `gone`, under the scripts of its agent. */
export class NodeRedis {
  readonly host: ScriptHost;
  private readonly commands: Commands;
  private readonly sockets: Socket[] = [];

  constructor(options: NodeRedisOptions = { allowScripting: false }) {
    const { programs } = options;
    const host = (this.host = new ScriptHost(programs));
    const version = engineVersion(programs ?? ownServed());
    const commands = (this.commands = lockedCommands({ ...options, version }));
    for (const script of scripts) host.install(script);
    for (const command of ["sleep", "chown"]) host.standIn(command);
    host.standIn("logger", `cat >>${host.path("/journal")}`);
    host.standIn("systemctl", systemctl(host, programs?.engine ?? defaultEngine));
    host.standIn("prepare-redis", `exec ${host.path(hostPaths.scriptsFolder)}/prepare-redis "$@"`);
    host.write(`${hostPaths.redisStartFolder}/agent`, "");
    host.write(
      hostPaths.redisConfig,
      configOf(host, commands, { ...defaultSettings, ...options.settings, ...(programs ?? ownServed()) }),
    );
    host.write(hostPaths.redisMemory, "maxmemory 100mb\n");
    host.write(hostPaths.redisUsers, usersConf(["web", "gone"], commands));
    host.write("/journal", "");
    const env = { PATH: `${host.path("/bin")}:${process.env.PATH ?? ""}`, CALLS: host.path("/calls") };
    execFileSync(host.path("/bin/systemctl"), ["restart"], { env });
  }

  pid(): number {
    return Number(this.host.read("/pid"));
  }

  journal(): string {
    return this.host.read("/journal");
  }

  /** A connection that has said these and was answered to each. */
  async talk(...calls: readonly (readonly string[])[]): Promise<Talk> {
    const socket = createConnection(this.host.path(hostPaths.redisSocket));
    this.sockets.push(socket);
    socket.on("error", () => undefined);
    let came = "";
    socket.on("data", (data) => (came += data.toString()));
    const ended = new Promise((resolve) => socket.once("close", resolve));
    for (const [index, call] of calls.entries()) {
      socket.write(resp(call));
      while (came.split("\r\n").length - 1 <= index && !socket.destroyed) await once(socket, "data");
    }
    return { socket, ended, came: () => came };
  }

  /** What a sign-in is answered. */
  async answerTo(name: string): Promise<string> {
    return (await this.talk(signIn(name))).came();
  }

  /** Takes `gone` off the list, and returns how the agent ended. */
  takeOff(): number | null {
    this.host.write(hostPaths.redisUsers, usersConf(["web"], this.commands));
    return this.host.run("apply-users", [this.host.path(hostPaths.redisUsers)]).status;
  }

  remove(): void {
    for (const socket of this.sockets) socket.destroy();
    process.kill(this.pid(), "SIGKILL");
    this.host.remove();
  }
}

function configOf(host: ScriptHost, commands: Commands, settings: RedisSettings): string {
  return redisConf(commands, settings)
    .replaceAll(/\/(run|etc)\/hipaa-redis/g, (path) => host.path(path))
    .replace("supervised systemd", `pidfile ${host.path("/pid")}`)
    .replace("daemonize no", "daemonize yes")
    .replace(/maxclients \d+/, `maxclients ${places}`);
}

/** As much of systemd as the scripts ask for. */
function systemctl(host: ScriptHost, engine: Engine): string {
  const { server, client } = engineProgram(engine);
  const [pid, socket] = [host.path("/pid"), host.path(hostPaths.redisSocket)];
  return `case $1 in
show) echo active ;;
kill) kill -KILL "$(cat ${pid})" ;;
restart)
  rm -f ${pid}
  prepare-redis ACL CONFIG
  ${server} ${host.path(hostPaths.redisConfig)} >/dev/null
  until [ -s ${pid} ] && ${client} -s ${socket} PING >/dev/null 2>&1; do :; done ;;
esac`;
}
