import { chmodSync, cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import type { ExecResult, Host } from "../hosts/index.js";
import { onEnd } from "../onEnd.js";
import { repositoryRoot } from "../stateFolder.js";

/** An application on an app host: Node.js, ioredis and this package as npm installs it, run as the app's Unix user. */
export interface App {
  /** Writes and reads records of made-up patients, or only reads those that are there. */
  patients(count: number, only?: "read"): Promise<ExecResult>;
  /** Sends Redis commands through the tunnel, each on a connection of its own. */
  send(commands: readonly RedisCommand[], user?: string): Promise<RedisAnswer[]>;
  /** What it logs when something fails, with `connect()` or with ioredis itself. */
  log(what: ApplicationLog, by: "connect" | "plain"): Promise<ExecResult>;
}

/** What fails; `debug` and `print` succeed, while ioredis writes its debug output, and while the client is printed. */
export type ApplicationLog = "command" | "transaction" | "locked" | "password" | "debug" | "print";

export interface RedisCommand {
  readonly command: readonly string[];
  /** By default the password that the connection file leads to; an empty one sends none. */
  readonly password?: string;
}

export interface RedisAnswer {
  readonly reply?: unknown;
  readonly error?: string;
}

const appFolder = "/opt/app";

/** Of the folder onHost. */
const files = [
  "patients.mjs",
  "command.mjs",
  "log.mjs",
  "talk.mjs",
  "fakeServers.mjs",
  "flood.mjs",
  "steady.mjs",
  "timeouts.json",
];

/** Lays the application on a host: the packed package beside ioredis, as its own deployment would install it. */
export async function installApp(host: Host, user: string): Promise<App> {
  const target = join(host.rootFolder, appFolder);
  // A link would otherwise lead to a folder of this machine.
  cpSync(await installed(), target, { recursive: true, verbatimSymlinks: true });
  cpSync(process.execPath, join(target, "node"));

  const node = (script: string, args: readonly string[], as = user): Promise<ExecResult> =>
    host.exec([join(appFolder, "node"), join(appFolder, script), ...args], { user: as, timeoutMs: 120_000 });
  return {
    patients: (count, only) => node("patients.mjs", [String(count), ...(only === undefined ? [] : [only])]),
    log: (what, by) => node("log.mjs", [JSON.stringify([what, by])]),
    send: async (commands, as) => {
      const { exitCode, stdout, stderr } = await node("command.mjs", [JSON.stringify(commands)], as);
      if (exitCode !== 0) throw new Error(`The application could not send commands: ${stderr}`);
      return JSON.parse(stdout) as RedisAnswer[];
    },
  };
}

let installation: Promise<string> | undefined;

/** What all app hosts of this process get; npm installs it for the first. */
function installed(): Promise<string> {
  installation ??= install();
  return installation;
}

async function install(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "hipaa-redis-app-"));
  onEnd(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const pack = ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder];
  await execa("npm", pack, { cwd: repositoryRoot });
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  if (tarball === undefined) throw new Error(`npm pack left no tarball in ${folder}.`);
  await execa("npm", ["init", "--yes"], { cwd: folder });
  await execa("npm", ["install", "--no-audit", "--no-fund", `./${tarball}`, "ioredis@6"], { cwd: folder });
  for (const file of files) cpSync(join(import.meta.dirname, "onHost", file), join(folder, file));
  // Copies get this mode too, and the application's own user has to get in.
  chmodSync(folder, 0o755);
  return folder;
}
