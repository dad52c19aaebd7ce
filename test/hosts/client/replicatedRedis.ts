import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { timeouts } from "../../../lab/load/timeouts.js";
import { ownServed, type ServerPrograms } from "../../../lab/servers/serverPrograms.js";
import { waitFor } from "../../../lab/until.js";
import type { ReplicatedConnectionFile } from "../../../src/host/connectionFile.js";
import { redisUsersConf, sentinelClientsEdit, sentinelUsersConf } from "../../../src/host/redisUsers.js";
import { encodeLines, type Settings } from "../../../src/host/encode.js";
import { lockedCommands } from "../../../src/plan/commands.js";
import { engineVersion } from "../../../src/plan/engine.js";

const password = "password-of-a-test".padEnd(64, "0");
const passwordsSha256 = [createHash("sha256").update(password).digest("hex")];
const operator = `user _ops reset on #${passwordsSha256.join()} ~* &* +@all\n`;
const configCommand = "the-name-that-config-has";

/** One of its nodes: a real Redis, and a real Sentinel, at one address of the loopback and at Unix sockets. */
interface Node {
  readonly name: string;
  readonly address: string;
  readonly socket: string;
  readonly sentinelSocket: string;
  redis?: ChildProcess | undefined;
  sentinel?: ChildProcess | undefined;
}

const indexes = [0, 1, 2] as const;
export type Index = (typeof indexes)[number];

/**
 * A primary, two replicas and three Sentinels, with the users that nodes have, and the connection file that leads `connect()` to
 * them. A user `_ops`, which no node has, does what else a test needs.
 */
export class ReplicatedRedis {
  readonly folder = mkdtempSync(join(tmpdir(), "connect-replicas-"));
  readonly connectionFile = join(this.folder, "connection.json");
  readonly nodes: readonly [Node, Node, Node];

  /** @param programs The machine's own Redis when left out. */
  constructor(private readonly programs?: ServerPrograms) {
    // So that two runs on one machine don't meet.
    const block = `127.84.${process.pid % 250}`;
    const node = (index: Index): Node => {
      mkdirSync(join(this.folder, String(index)));
      const name = `sessions-${index}`;
      return {
        name,
        address: `${block}.${index + 1}`,
        socket: join(this.folder, `${name}.sock`),
        sentinelSocket: join(this.folder, `${name}.sentinel.sock`),
      };
    };
    this.nodes = [node(0), node(1), node(2)];
    writeFileSync(join(this.folder, "password"), password);
    this.write("users.conf", this.users());
    writeFileSync(this.connectionFile, JSON.stringify(this.connection()));
  }

  /** Until each Sentinel knows the other two and both replicas, and both of these follow. */
  async start(): Promise<void> {
    for (const index of indexes) await this.startRedis(index, index === 0 ? undefined : 0);
    for (const index of indexes) await this.startSentinel(index);
    await this.isWhole();
  }

  async isWhole(): Promise<void> {
    await waitFor("all Sentinels know all, and replicas follow", async () => {
      const known = await Promise.all(
        indexes.map(async (index) => {
          const [master] = await this.toSentinel(index, ["MASTER", "main"]);
          const [replicas] = await ask(this.nodes[index].sentinelSocket, "web", [["SENTINEL", "REPLICAS", "main"]]);
          const { flags, "num-other-sentinels": others } = fields(master);
          const healthy = (replicas as unknown[]).map(fields).filter((one) => one.flags === "slave");
          const following = healthy.filter((one) => one["master-link-status"] === "ok");
          return flags === "master" && others === "2" && following.length === 2;
        }),
      );
      return known.every(Boolean);
    });
  }

  connection(change: Partial<ReplicatedConnectionFile> = {}): ReplicatedConnectionFile {
    return {
      schemaVersion: 3,
      cache: "sessions",
      client: "web",
      username: "web",
      passwordFile: join(this.folder, "password"),
      sentinelName: "main",
      nodes: this.nodes.map(({ name, address, socket: path, sentinelSocket: sentinelPath }) => ({
        name,
        address,
        path,
        sentinelPath,
      })),
      ...change,
    };
  }

  /** A connection file of its own, with other ways to Sentinels. */
  fileWith(name: string, sentinelPaths: readonly (string | undefined)[]): string {
    const path = join(this.folder, name);
    const record = this.connection();
    const nodes = record.nodes.map((node, index) => ({ ...node, sentinelPath: sentinelPaths[index] }));
    writeFileSync(path, JSON.stringify({ ...record, nodes }));
    return path;
  }

  async startRedis(index: Index, primary?: Index): Promise<void> {
    const { address, socket } = this.nodes[index];
    const settings: Settings = [
      ["bind", address],
      ["port", 6379],
      ["unixsocket", socket],
      ["dir", join(this.folder, String(index))],
      ["save", '""'],
      ["repl-diskless-sync", "yes"],
      ["repl-diskless-sync-delay", 0],
      ["repl-diskless-load", "swapdb"],
      ["replica-announce-ip", address],
      ["masteruser", "_replica"],
      ["masterauth", password],
      ["min-replicas-to-write", 1],
      ["min-replicas-max-lag", 3],
      ["rename-command", `CONFIG ${configCommand}`],
      ["include", join(this.folder, "users.conf")],
      ...(primary === undefined ? [] : ([["replicaof", `${this.nodes[primary].address} 6379`]] as const)),
    ];
    this.nodes[index].redis = await this.run([this.write(`redis-${index}.conf`, encodeLines(settings))]);
  }

  async startSentinel(index: Index): Promise<void> {
    const { address, sentinelSocket } = this.nodes[index];
    const settings: Settings = [
      ["bind", address],
      ["port", 26_379],
      ["unixsocket", sentinelSocket],
      ["dir", join(this.folder, String(index))],
      ["sentinel", `announce-ip ${address}`],
      ["sentinel", `monitor main ${this.nodes[0].address} 6379 2`],
      ["sentinel", `down-after-milliseconds main ${1000 + 300 * index}`],
      ["sentinel", "failover-timeout main 2000"],
      ["sentinel", "parallel-syncs main 5"],
      ["sentinel", "auth-user main _sentinel"],
      ["sentinel", `auth-pass main ${password}`],
      ["sentinel", "sentinel-user _peer"],
      ["sentinel", `sentinel-pass ${password}`],
      ["sentinel", `rename-command main CONFIG ${configCommand}`],
    ];
    const clients = execFileSync("sed", ["-En", sentinelClientsEdit], { input: this.users(), encoding: "utf8" });
    const users = `${sentinelUsersConf({ passwordsSha256 })}${clients}${operator}`;
    const file = this.write(`sentinel-${index}.conf`, `${encodeLines(settings)}${users}`);
    this.nodes[index].sentinel = await this.run([file, "--sentinel"]);
  }

  async killRedis(index: Index): Promise<void> {
    await kill(this.nodes[index].redis);
    this.nodes[index].redis = undefined;
  }

  async killSentinel(index: Index): Promise<void> {
    await kill(this.nodes[index].sentinel);
    this.nodes[index].sentinel = undefined;
  }

  /** Sends a signal to Sentinels: SIGSTOP has them take connections, and answer nothing. */
  signalSentinels(signal: NodeJS.Signals, which: readonly Index[] = indexes): void {
    for (const index of which) this.nodes[index].sentinel?.kill(signal);
  }

  /** The node that a majority of Sentinels names, once there is one, and it is it. */
  async primary(other?: Index): Promise<Index> {
    let found: Index | undefined;
    await waitFor("a majority of Sentinels names the primary", async () => {
      const named = await Promise.all(
        indexes.map(async (index) => {
          const [answer] = await this.toSentinel(index, ["GET-MASTER-ADDR-BY-NAME", "main"]).catch(() => []);
          return indexes.find((one) => this.nodes[one].address === (answer as string[] | undefined)?.[0]);
        }),
      );
      found = indexes.find((index) => index !== other && named.filter((one) => one === index).length >= 2);
      return found !== undefined && (await this.roleOf(found)) === "master";
    });
    return found ?? 0;
  }

  async roleOf(index: Index): Promise<string> {
    const [role] = await this.toRedis(index, ["ROLE"]);
    return String((role as unknown[])[0]);
  }

  /** As a node does that is to be stopped: no write is lost, and clients stay connected to what is no primary any more. */
  async handOver(): Promise<{ from: Index; to: Index }> {
    const from = await this.primary();
    await this.toRedis(from, ["CLIENT", "PAUSE", "10000", "WRITE"]);
    await waitFor("replicas have all writes", async () => {
      const [role] = await this.toRedis(from, ["ROLE"]);
      const [, offset, replicas] = role as [string, number, [string, string, string][]];
      return replicas.length === 2 && replicas.every((replica) => Number(replica[2]) === offset);
    });
    await this.toSentinel(0, ["FAILOVER", "main"]);
    const to = await this.primary(from);
    await this.demote(from, to);
    await this.toRedis(from, ["CLIENT", "UNPAUSE"]);
    return { from, to };
  }

  async demote(from: Index, to: Index): Promise<void> {
    await this.toRedis(from, ["REPLICAOF", this.nodes[to].address, "6379"]);
  }

  /** Asks Redis as `_ops`, who may all. */
  toRedis(index: Index, ...calls: readonly (readonly string[])[]): Promise<unknown[]> {
    return ask(this.nodes[index].socket, "_ops", calls);
  }

  /** Asks a Sentinel as nodes do. */
  toSentinel(index: Index, ...questions: readonly (readonly string[])[]): Promise<unknown[]> {
    const calls = questions.map((question) => ["SENTINEL", ...question]);
    return ask(this.nodes[index].sentinelSocket, "_peer", calls);
  }

  /** Asks a Sentinel as `_ops`, who may all. */
  asOperator(index: Index, ...calls: readonly (readonly string[])[]): Promise<unknown[]> {
    return ask(this.nodes[index].sentinelSocket, "_ops", calls);
  }

  /** Asks the first Sentinel as a client. */
  asClient(...calls: readonly (readonly string[])[]): Promise<unknown[]> {
    return ask(this.nodes[0].sentinelSocket, "web", calls);
  }

  asNobody(...calls: readonly (readonly string[])[]): Promise<unknown[]> {
    return ask(this.nodes[0].sentinelSocket, undefined, calls);
  }

  async remove(): Promise<void> {
    for (const { redis, sentinel } of this.nodes) {
      await kill(sentinel);
      await kill(redis);
    }
    rmSync(this.folder, { recursive: true });
  }

  private users(): string {
    const version = engineVersion(this.programs ?? ownServed());
    const commands = lockedCommands({ allowScripting: false, hasReplicas: true, version });
    const users = redisUsersConf([{ name: "web", passwordsSha256 }], commands, { passwordsSha256 });
    return `${users}${operator}`;
  }

  private write(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    chmodSync(path, 0o600);
    return path;
  }

  private async run(command: readonly string[]): Promise<ChildProcess> {
    const [server, ...before] = this.programs?.server ?? ["redis-server"];
    const child = spawn(server, [...before, ...command], { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    await new Promise<void>((resolve, reject) => {
      child.stdout.on("data", (text: Buffer) => {
        said += text.toString();
        if (/Ready to accept connections|Sentinel ID is/.test(said)) resolve();
      });
      child.once("exit", () => {
        reject(new Error(`redis-server ended before it was ready: ${said}`));
      });
    });
    return child;
  }
}

async function ask(
  path: string,
  username: string | undefined,
  calls: readonly (readonly string[])[],
): Promise<unknown[]> {
  const client = new Redis({
    path,
    ...(username === undefined ? {} : { username, password }),
    protocol: 2,
    enableReadyCheck: false,
    disableClientInfo: true,
    commandTimeout: timeouts.commandTimeout,
    retryStrategy: () => null,
  });
  client.on("error", () => undefined);
  try {
    return await Promise.all(calls.map(([name = "", ...args]) => client.call(name, ...args)));
  } finally {
    client.disconnect();
  }
}

async function kill(child: ChildProcess | undefined): Promise<void> {
  if (child?.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}

function fields(answer: unknown): Record<string, string> {
  const texts = (answer as string[]).map(String);
  return Object.fromEntries(texts.flatMap((text, index) => (index % 2 === 0 ? [[text, texts[index + 1] ?? ""]] : [])));
}
