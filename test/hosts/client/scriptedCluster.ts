import { spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { Cluster, Redis } from "ioredis";
import { timeouts } from "../../../lab/load/timeouts.js";
import { nodesInView, type NodeInView } from "../../../lab/cluster/view.js";
import { ownServed, type ServerPrograms } from "../../../lab/servers/serverPrograms.js";
import { until, waitFor } from "../../../lab/until.js";
import { lookSeconds } from "../../../src/host/clusterFiles.js";
import { clusterConf } from "../../../src/host/clusterConf.js";
import { encodeLines } from "../../../src/host/encode.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { defaultSettings, redisConf } from "../../../src/host/redisConf.js";
import { redisUsersConf } from "../../../src/host/redisUsers.js";
import { lockedCommands, type LockedCommand } from "../../../src/plan/commands.js";
import { engineVersion } from "../../../src/plan/engine.js";
import { ScriptHost, type Ended } from "../../support/scriptHost.js";

const password = "password-of-a-test".padEnd(64, "0");
const passwordsSha256 = [createHash("sha256").update(password).digest("hex")];

const scripts = [
  ...(["ask-peer", "ask-redis", "prepare-redis", "find-view", "cluster-role", "seed-cluster"] as const),
  ...(["agree-on-members", "join-cluster", "next-slots", "open-slots", "move-slots"] as const),
  ...(["hand-over-cluster", "cluster-well"] as const),
];

/** A node's place: its shard, and its number there. */
export type Place = `${number}-${number}`;

/**
 * How long nodes look for a cluster before they begin one, where a test is not about that: for longer than one that starts late is behind
 * the others.
 */
const formsSoonSeconds = 5;

interface Node {
  readonly host: ScriptHost;
  /** Redis's own folder, in memory as on hosts: Redis waits for a disk at each slot that moves. */
  readonly memory: string;
  readonly address: string;
  readonly id: string;
  /** The machine's own Redis when left out. */
  readonly programs: ServerPrograms | undefined;
  redis?: ChildProcess | undefined;
}

/**
 * Real Redis servers as the scripts of nodes start and keep them, each at an address of the loopback, without the tunnel and systemd. A user
 * `ops`, which no node has, does what else a test needs.
 */
export class ScriptedCluster {
  private static count = 0;
  // So that two runs on one machine don't meet, nor two clusters of one run.
  private readonly block = `127.${86 + (ScriptedCluster.count++ % 100)}.${process.pid % 250}`;
  private readonly nodes = new Map<Place, Node>();
  private members: readonly Place[] = [];
  /** The scripts that run, each with what tells of its end. */
  private readonly runningScripts = new Map<ChildProcess, Promise<unknown>>();
  private isRemoved = false;

  /** The members of a list as it comes with a host's secret. */
  constructor(
    shards: number,
    readonly replicas: number,
    private readonly formsAfterSeconds = formsSoonSeconds,
    /** The machine's own Redis when left out. */
    private readonly programs?: ServerPrograms,
  ) {
    this.goesBy(shards);
  }

  /** What `pulumi up` does with another number of shards: each host gets the list. */
  goesBy(shards: number): void {
    this.members = places(shards, this.replicas);
    for (const place of this.members) this.node(place);
    for (const place of this.members) this.layMembers(place);
  }

  addressOf(place: Place): string {
    return this.node(place).address;
  }

  idOf(place: Place): string {
    return this.node(place).id;
  }

  hostOf(place: Place): ScriptHost {
    return this.node(place).host;
  }

  placeOf(address: string): Place {
    const found = [...this.nodes].find(([, node]) => node.address === address);
    if (found === undefined) throw new Error(`${address} is no node of this cluster.`);
    return found[0];
  }

  running(): Place[] {
    return [...this.nodes].filter(([, { redis }]) => redis !== undefined).map(([place]) => place);
  }

  async startAll(which: readonly Place[] = this.members): Promise<void> {
    await Promise.all(which.map((place) => this.start(place)));
  }

  /** As the unit does: names and roles are made anew, and what Redis knew is gone. Returns what the scripts said. */
  async start(place: Place): Promise<string> {
    const { host } = this.node(place);
    const prepared = await this.run(place, "prepare-redis", ["CONFIG", "ACL"]);
    const seeded = await this.run(place, "seed-cluster");
    if (prepared.status !== 0 || seeded.status !== 0) throw new Error(prepared.stderr + seeded.stderr);
    await this.startRedis(place, host.path(hostPaths.redisConfig));
    return seeded.stderr;
  }

  /** As a Redis would start that has kept what it knew of the cluster, and no value. */
  async startWith(place: Place, nodes: string): Promise<void> {
    const { host } = this.node(place);
    host.write(hostPaths.clusterNodes, nodes);
    await this.startRedis(place, host.path(hostPaths.redisConfig));
  }

  async kill(place: Place): Promise<void> {
    const node = this.node(place);
    await end(node.redis, "SIGKILL");
    node.redis = undefined;
  }

  /** As the unit does when it is stopped. Returns what the script said. */
  async stop(place: Place): Promise<string> {
    const { stderr } = await this.run(place, "hand-over-cluster");
    const node = this.node(place);
    await end(node.redis, "SIGTERM");
    node.redis = undefined;
    return stderr;
  }

  /** As an instance that is replaced, while its Redis is away: nothing of it is left, and it has another server from its next start on. */
  replace(place: Place, programs: ServerPrograms): void {
    const { host, memory } = this.node(place);
    host.remove();
    rmSync(memory, { recursive: true });
    this.nodes.set(place, this.newNode(place, programs));
    this.layMembers(place);
  }

  /** Sends a signal to Redis. */
  signal(place: Place, signal: NodeJS.Signals): void {
    this.node(place).redis?.kill(signal);
  }

  /** What the timer of each node does, over and over until the returned function is called, with a pause as on hosts. */
  keep(tasks: readonly ("join-cluster" | "move-slots")[] = ["join-cluster", "move-slots"]): () => Promise<void> {
    let isOver = false;
    const loop = async (place: Place): Promise<void> => {
      while (!isOver) {
        for (const task of tasks) {
          if (this.node(place).redis === undefined) continue;
          this.said.push(...lines((await this.run(place, task)).stderr).map((line) => `${place}: ${line}`));
        }
        await until(() => isOver, lookSeconds * 1000);
      }
    };
    const loops = [...this.nodes.keys()].map(loop);
    const stop = async (): Promise<void> => {
      isOver = true;
      await Promise.all(loops);
    };
    this.stops.push(stop);
    return stop;
  }

  private readonly stops: (() => Promise<void>)[] = [];

  /** What the scripts of the timers have said. */
  readonly said: string[] = [];

  /** Runs a script of a node, in a process group of its own that `began` is told of. */
  async run(
    place: Place,
    name: (typeof scripts)[number],
    args: readonly string[] = [],
    began: (group: number) => void = () => undefined,
  ): Promise<Ended> {
    if (this.isRemoved) throw new Error(`${name} is to run on ${place}, and the cluster is no more.`);
    const { host } = this.node(place);
    const child = spawn(host.path(join(hostPaths.scriptsFolder, name)), args, {
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
      env: { PATH: `${host.path("bin")}:/usr/sbin:/usr/bin:/sbin:/bin`, CALLS: host.path("calls") },
    });
    if (child.pid !== undefined) began(-child.pid);
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (text: Buffer) => (stdout += text.toString()));
    child.stderr.on("data", (text: Buffer) => (stderr += text.toString()));
    const closed = once(child, "close") as Promise<[number | null]>;
    this.runningScripts.set(child, closed);
    const [status] = await closed.finally(() => this.runningScripts.delete(child));
    return { status, stdout, stderr };
  }

  /** Asks a node's Redis as `ops`, who may all, or as another. */
  async ask(place: Place, call: readonly string[], username = "ops"): Promise<unknown> {
    const client = new Redis({
      ...{ host: this.addressOf(place), port: 6379, username, password },
      ...{
        protocol: 2,
        enableReadyCheck: false,
        disableClientInfo: true,
        commandTimeout: timeouts.commandTimeout,
        retryStrategy: () => null,
      },
    });
    client.on("error", () => undefined);
    try {
      const [name = "", ...args] = call;
      return await client.call(name, ...args);
    } finally {
      client.disconnect();
    }
  }

  /** What a node's Redis has refused its users. */
  async refusals(place: Place): Promise<unknown> {
    const name = /^rename-command ACL (.*)$/m.exec(this.hostOf(place).read(hostPaths.redisCommands))?.[1] ?? "ACL";
    return this.ask(place, [name, "LOG"]);
  }

  /** What a node knows of the others. */
  async view(place: Place): Promise<(NodeInView & { readonly place: Place })[]> {
    const told = String(await this.ask(place, ["CLUSTER", "NODES"]));
    return nodesInView(told).map((node) => ({ ...node, place: this.placeOf(node.address) }));
  }

  /** What a node says of itself and of the cluster, by field. */
  async facts(place: Place): Promise<ReadonlyMap<string, string>> {
    const told = [await this.ask(place, ["CLUSTER", "INFO"]), await this.ask(place, ["INFO"])].map(String).join("");
    return new Map([...told.matchAll(/^(\w+):(.*)\r$/gm)].map(([, field = "", value = ""]) => [field, value]));
  }

  /** Until all nodes that run are in touch, all slots are served and take writes, and replicas follow. */
  async isWell(): Promise<void> {
    const isWell = async (place: Place): Promise<boolean> => {
      const facts = await this.facts(place).catch(() => new Map<string, string>());
      const isServed = facts.get("cluster_state") === "ok" && facts.get("cluster_slots_ok") === "16384";
      // Only a primary with a least number of replicas tells how many of them count.
      const takesWrites = facts.get("role") === "master" && facts.get("min_slaves_good_slaves") !== "0";
      return isServed && (takesWrites || facts.get("master_link_status") === "up");
    };
    await waitFor("the cluster is well", async () => (await Promise.all(this.running().map(isWell))).every(Boolean), {
      timeoutMs: 60_000,
      shown: () => this.said.slice(-20).join("\n"),
    });
  }

  /** Who has slots, and how many of them, as a node sees it. */
  async spread(from: Place = this.running()[0] ?? "0-0"): Promise<Record<Place, number>> {
    const view = await this.view(from);
    const leaders = view.filter(({ slots }) => slots > 0).map(({ place, slots }) => [place, slots] as const);
    return Object.fromEntries(leaders.sort());
  }

  async leaderOf(shard: number, from?: Place): Promise<Place> {
    const found = (Object.keys(await this.spread(from)) as Place[]).find((place) => place.startsWith(`${shard}-`));
    if (found === undefined) throw new Error(`Nobody leads shard ${shard}.`);
    return found;
  }

  /** A client as an application is. */
  client(): Cluster {
    const cluster = new Cluster(
      this.running().map((place) => ({ host: this.addressOf(place), port: 6379 })),
      {
        redisOptions: { username: "web", password },
        slotsRefreshTimeout: 1000,
        retryDelayOnClusterDown: 100,
        retryDelayOnFailover: 100,
        clusterRetryStrategy: () => 100,
      },
    );
    cluster.on("error", () => undefined);
    this.clients.push(cluster);
    return cluster;
  }

  private readonly clients: Cluster[] = [];

  /** Ends all that runs, what a test that failed has left among it. */
  async remove(): Promise<void> {
    this.isRemoved = true;
    for (const client of this.clients) client.disconnect();
    const loops = this.stops.map((stop) => stop());
    const ended = [...this.runningScripts.values()];
    for (const { pid } of this.runningScripts.keys()) killGroup(pid);
    await Promise.allSettled([...ended, ...loops]);
    for (const { redis, host, memory } of this.nodes.values()) {
      await end(redis, "SIGKILL");
      host.remove();
      rmSync(memory, { recursive: true });
    }
  }

  private node(place: Place): Node {
    const known = this.nodes.get(place);
    if (known !== undefined) return known;
    const node = this.newNode(place, this.programs);
    this.nodes.set(place, node);
    return node;
  }

  private newNode(place: Place, programs: ServerPrograms | undefined): Node {
    const [shard, number] = place.split("-").map(Number) as [number, number];
    const index = shard * 6 + number;
    const node: Node = {
      programs,
      host: new ScriptHost(programs),
      memory: mkdtempSync("/dev/shm/scripted-node-"),
      address: `${this.block}.${index + 1}`,
      id: createHash("sha1").update(`us-east-1/sessions/${place}`).digest("hex"),
    };
    this.layFiles(node);
    return node;
  }

  private layFiles({ host, memory, address, id, programs }: Node): void {
    const served = programs ?? ownServed();
    const commands = lockedCommands({ allowScripting: false, hasShards: true, version: engineVersion(served) });
    symlinkSync(memory, host.path(hostPaths.redisFolder));
    for (const name of scripts) host.install(name);
    for (const command of ["chown", "logger"]) host.standIn(command);
    host.write(
      hostPaths.replicationEnvironment,
      `HIPAA_REDIS_SELF=${address}
HIPAA_REDIS_NODE_ID=${id}
HIPAA_REDIS_FORMS_AFTER_SECONDS=${this.formsAfterSeconds}
HIPAA_REDIS_SETTLE_SECONDS=0
HIPAA_REDIS_LARGEST_VALUE_BYTES=33554432
`,
    );
    host.write(hostPaths.peerPassword, `${password}\n`);
    host.write(hostPaths.redisUsers, users(commands));
    host.write(hostPaths.redisMemory, "maxmemory 100mb\n");
    host.write(`${hostPaths.redisStartFolder}/agent`, "");
    const node = { loopbackAddress: address };
    const cluster = { minReplicasToWrite: this.replicas > 1 ? 1 : 0 };
    const settings = { ...defaultSettings, ...served };
    const config = `${redisConf(commands, settings, node)}${encodeLines(clusterConf(node, cluster))}acllog-max-len 128\n`;
    host.write(
      hostPaths.redisConfig,
      config
        .replaceAll(/\/(run|etc)\/hipaa-redis/g, (path) => host.path(path))
        .replace("supervised systemd", "supervised no")
        .replace(/maxclients \d+/, "maxclients 500"),
    );
  }

  private layMembers(place: Place): void {
    const list = this.members.map((one) => `${one} ${this.addressOf(one)} ${this.idOf(one)}\n`);
    this.hostOf(place).write(hostPaths.clusterMembers, list.join(""));
  }

  private async startRedis(place: Place, config: string): Promise<void> {
    if (this.isRemoved) throw new Error(`Redis is to start at ${place}, and the cluster is no more.`);
    const node = this.node(place);
    const [server, ...before] = node.programs?.server ?? ["redis-server"];
    const child = spawn(server, [...before, config], { stdio: ["ignore", "pipe", "inherit"] });
    node.redis = child;
    let said = "";
    await new Promise<void>((resolve, reject) => {
      child.stdout.on("data", (text: Buffer) => {
        said += text.toString();
        if (said.includes("Ready to accept connections")) resolve();
      });
      child.once("exit", () => {
        reject(
          new Error(
            `redis-server ended before it was ready: ${said}${this.hostOf(place).read(hostPaths.clusterNodes)}`,
          ),
        );
      });
    });
  }
}

function users(commands: readonly LockedCommand[]): string {
  const peers = { passwordsSha256, areCluster: true };
  const known = redisUsersConf([{ name: "web", passwordsSha256 }], commands, peers);
  return `${known}user ops reset on #${passwordsSha256.join()} ~* &* +@all\n`;
}

function places(shards: number, replicas: number): Place[] {
  return Array.from({ length: shards }, (_, shard) =>
    Array.from({ length: replicas + 1 }, (_, number): Place => `${shard}-${number}`),
  ).flat();
}

function lines(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

function killGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

async function end(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (child?.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill(signal);
  await exited;
}
