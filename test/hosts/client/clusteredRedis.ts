import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Redis } from "ioredis";
import { timeouts } from "../../../lab/load/timeouts.js";
import { ownServed } from "../../../lab/servers/serverPrograms.js";
import { waitFor } from "../../../lab/until.js";
import { encodeLines, type Settings } from "../../../src/host/encode.js";
import type { ClusterConnectionFile } from "../../../src/host/connectionFile.js";
import { redisUsersConf } from "../../../src/host/redisUsers.js";
import { lockedCommands } from "../../../src/plan/commands.js";
import { engineVersion } from "../../../src/plan/engine.js";
import { sha256 } from "../../../src/trust/passwords.js";

const password = "password-of-a-test";
/** The client as a cache's nodes know it, with what they lock; and beside it who does what a test needs. */
function usersConf(): string {
  const commands = lockedCommands({ allowScripting: true, hasShards: true, version: engineVersion(ownServed()) });
  const web = redisUsersConf([{ name: "web", passwordsSha256: [sha256(password)] }], commands);
  return web + encodeLines([["user", `ops on >${password} ~* &* +@all`]]);
}

const shards = 3;
const slots = 16_384;

/** One of its nodes: a real Redis at one address of the loopback, and at a Unix socket. */
export interface ClusteredNode {
  readonly name: string;
  readonly address: string;
  readonly path: string;
}

/** What a node says of another (CLUSTER NODES). */
interface Seen {
  readonly id: string;
  readonly address: string;
  readonly flags: readonly string[];
  readonly primaryId: string;
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

/**
 * A Redis Cluster of three shards with a replica each, and the connection file that leads `connect()` to it. The user `web` is who
 * `connect()` is; a user `ops`, which no node has, does what else a test needs.
 */
export class ClusteredRedis {
  /** In memory, as on hosts: Redis waits for its disk at each slot that moves. */
  readonly folder = mkdtempSync("/dev/shm/connect-cluster-");
  readonly connectionFile = join(this.folder, "connection.json");
  readonly passwordFile = join(this.folder, "password");
  readonly nodes: readonly ClusteredNode[];
  readonly #processes = new Map<ClusteredNode, ChildProcess>();

  constructor() {
    // So that two runs on one machine don't meet.
    const block = `127.85.${process.pid % 250}`;
    this.nodes = Array.from({ length: 2 * shards }, (_, index) => {
      const name = `sessions-${index % shards}-${Math.floor(index / shards)}`;
      mkdirSync(join(this.folder, name));
      return { name, address: `${block}.${index + 1}`, path: join(this.folder, `${name}.sock`) };
    });
    this.writePassword(password);
    writeFileSync(this.connectionFile, JSON.stringify(this.connection()));
  }

  /** The first three lead a third of the slots each, and each of the others follows one of them. */
  async start(): Promise<void> {
    await Promise.all(this.nodes.map((node) => this.startNode(node)));
    const [first, ...others] = this.nodes;
    if (first === undefined) return;
    for (const [shard, node] of this.nodes.slice(0, shards).entries()) {
      const [from, to] = [shard, shard + 1].map((each) => Math.floor((slots * each) / shards)) as [number, number];
      await this.ask(node, "CLUSTER", "ADDSLOTSRANGE", from, to - 1);
      await this.ask(node, "CLUSTER", "SET-CONFIG-EPOCH", shard + 1);
    }
    for (const node of others) await this.ask(first, "CLUSTER", "MEET", node.address, 6379);
    await waitFor("all nodes know all", async () => {
      const views = await Promise.all(this.nodes.map((node) => this.view(node)));
      return views.every(
        (view) => view.length === 2 * shards && !view.some(({ flags }) => flags.includes("handshake")),
      );
    });
    for (const [shard, node] of this.nodes.slice(shards).entries()) {
      await this.ask(node, "CLUSTER", "REPLICATE", await this.ask(this.nodes[shard] ?? node, "CLUSTER", "MYID"));
    }
    await this.isWhole();
  }

  /** Until all nodes agree, and each shard has a replica that follows. */
  async isWhole(): Promise<void> {
    await waitFor("the cluster is whole, as each of its nodes sees it", async () => {
      const views = await Promise.all(this.nodes.map((node) => this.view(node).catch(() => [])));
      const agreed = new Set(views.map(primariesIn));
      const state = await Promise.all(this.nodes.map((node) => this.ask(node, "CLUSTER", "INFO").catch(() => "")));
      if (agreed.size !== 1 || !state.every((text) => /cluster_state:ok\r?\ncluster_slots_assigned:16384/.test(text)))
        return false;
      const listed = await Promise.all(this.nodes.map((node) => this.call(node, "CLUSTER", "SLOTS")));
      const both = (listed as unknown[][][]).every((ranges) => ranges.every((range) => range.length === 4));
      if (!both) return false;
      const roles = await Promise.all(this.nodes.map((node) => this.ask(node, "INFO", "replication")));
      return roles.every((text) => /role:master[^]*connected_slaves:1\r?\n|master_link_status:up/.test(text));
    });
  }

  connection(nodes: readonly ClusteredNode[] = this.nodes): ClusterConnectionFile {
    const record = { schemaVersion: 4, cache: "sessions", client: "web", username: "web" } as const;
    return { ...record, passwordFile: this.passwordFile, nodes };
  }

  writePassword(text: string): void {
    writeFileSync(this.passwordFile, `${text}\n`);
  }

  async startNode(node: ClusteredNode): Promise<void> {
    const { name, address, path } = node;
    const file = join(this.folder, `${name}.conf`);
    const settings: Settings = [
      ["bind", address],
      ["port", 6379],
      ["unixsocket", path],
      ["dir", join(this.folder, name)],
      ["save", '""'],
      ["cluster-enabled", "yes"],
      ["cluster-port", 16_379],
      ["cluster-announce-ip", address],
      ["cluster-config-file", "nodes.conf"],
      ["cluster-node-timeout", 2000],
      ["cluster-replica-validity-factor", 0],
      ["cluster-allow-replica-migration", "no"],
      ["cluster-require-full-coverage", "no"],
      ["repl-diskless-sync-delay", 0],
      ["repl-ping-replica-period", 1],
      ["repl-diskless-load", "swapdb"],
      ["masteruser", "ops"],
      ["masterauth", password],
    ];
    writeFileSync(file, encodeLines(settings) + usersConf());
    const child = spawn("redis-server", [file], { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    await new Promise<void>((resolve, reject) => {
      child.stdout.on("data", (text: Buffer) => {
        said += text.toString();
        if (said.includes("Ready to accept connections")) resolve();
      });
      child.once("exit", () => {
        reject(new Error(`redis-server ended before it was ready: ${said}`));
      });
    });
    this.#processes.set(node, child);
  }

  async kill(node: ClusteredNode): Promise<void> {
    const child = this.#processes.get(node);
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
  }

  /** SIGSTOP has it take connections, and answer nothing. */
  signal(node: ClusteredNode, signal: NodeJS.Signals): void {
    this.#processes.get(node)?.kill(signal);
  }

  /** What a node sees, itself among it. */
  async view(node: ClusteredNode): Promise<Seen[]> {
    const text = await this.ask(node, "CLUSTER", "NODES");
    return text.trim().split("\n").map(seen);
  }

  /** Who has a key, and who would take its place. */
  async shardOf(key: string): Promise<{ slot: number; primary: ClusteredNode; replica: ClusteredNode }> {
    const asked = await this.living();
    const slot = Number(await this.ask(asked, "CLUSTER", "KEYSLOT", key));
    const view = await this.view(asked);
    const leads = view.find(({ ranges }) => ranges.some(([from, to]) => slot >= from && slot <= to));
    const follows = view.find(({ primaryId }) => primaryId === leads?.id);
    return { slot, primary: this.nodeAt(leads?.address), replica: this.nodeAt(follows?.address) };
  }

  /** As a node does that is to be stopped. */
  async handOver(key: string): Promise<{ from: ClusteredNode; to: ClusteredNode }> {
    const { primary: from, replica: to } = await this.shardOf(key);
    await this.ask(to, "CLUSTER", "FAILOVER");
    await waitFor("it leads", async () => (await this.ask(to, "INFO", "replication")).includes("role:master"));
    return { from, to };
  }

  /** Some keys at a time, so that others meet the slot half moved. */
  async moveSlot(slot: number, from: ClusteredNode, to: ClusteredNode): Promise<void> {
    await this.beginToMove(slot, from, to);
    await this.endMove(slot, from, to);
  }

  /** From now on the giver sends for each key that it does not have to the taker. */
  async beginToMove(slot: number, from: ClusteredNode, to: ClusteredNode): Promise<void> {
    const [source, target] = [await this.ask(from, "CLUSTER", "MYID"), await this.ask(to, "CLUSTER", "MYID")];
    await this.ask(to, "CLUSTER", "SETSLOT", slot, "IMPORTING", source);
    await this.ask(from, "CLUSTER", "SETSLOT", slot, "MIGRATING", target);
  }

  async endMove(slot: number, from: ClusteredNode, to: ClusteredNode): Promise<void> {
    const target = await this.ask(to, "CLUSTER", "MYID");
    const auth = ["AUTH2", "ops", password];
    for (;;) {
      const keys = (await this.call(from, "CLUSTER", "GETKEYSINSLOT", slot, 20)) as string[];
      if (keys.length === 0) break;
      await this.ask(from, "MIGRATE", to.address, 6379, "", 0, 1000, ...auth, "KEYS", ...keys);
    }
    for (const node of [to, from]) await this.ask(node, "CLUSTER", "SETSLOT", slot, "NODE", target);
  }

  /** All that a node has. */
  async slotsOf(node: ClusteredNode): Promise<number[]> {
    const itself = (await this.view(node)).find(({ address }) => address === node.address);
    return (itself?.ranges ?? []).flatMap(([first, last]) =>
      Array.from({ length: last - first + 1 }, (_, index) => first + index),
    );
  }

  async moveSlots(all: readonly number[], from: ClusteredNode, to: ClusteredNode): Promise<void> {
    const [source, target] = [await this.ask(from, "CLUSTER", "MYID"), await this.ask(to, "CLUSTER", "MYID")];
    const counts = await this.asOps(from, (client) =>
      Promise.all(all.map((slot) => client.cluster("COUNTKEYSINSLOT", slot))),
    );
    // So few at a time that Redis answers others between them.
    const empty = all.filter((_, index) => counts[index] === 0);
    while (empty.length > 0) {
      const some = empty.splice(0, 200);
      await this.asOps(to, (client) =>
        Promise.all(
          some.flatMap((slot) => [
            client.cluster("SETSLOT", slot, "IMPORTING", source),
            client.cluster("SETSLOT", slot, "NODE", target),
          ]),
        ),
      );
      await this.asOps(from, (client) =>
        Promise.all(some.map((slot) => client.cluster("SETSLOT", slot, "NODE", target))),
      );
    }
    await waitFor("both have answered the others since", async () =>
      (await Promise.all([from, to].map((node) => this.ask(node, "CLUSTER", "INFO")))).every((text) =>
        text.includes("cluster_state:ok"),
      ),
    );
    for (const slot of all.filter((_, index) => counts[index] !== 0)) await this.moveSlot(slot, from, to);
  }

  /** Asks a node as `ops`, who may all. */
  async ask(node: ClusteredNode, ...words: readonly (string | number)[]): Promise<string> {
    return String(await this.call(node, ...words));
  }

  call(node: ClusteredNode, name: string | number = "", ...words: readonly (string | number)[]): Promise<unknown> {
    return this.asOps(node, (client) => client.call(String(name), ...words));
  }

  async remove(): Promise<void> {
    for (const node of this.nodes) {
      this.signal(node, "SIGCONT");
      await this.kill(node);
    }
    rmSync(this.folder, { recursive: true });
  }

  nodeAt(address: string | undefined): ClusteredNode {
    const node = this.nodes.find((one) => one.address === address);
    if (node === undefined) throw new Error(`No node is at ${address ?? "no address"}.`);
    return node;
  }

  private async asOps<Answer>(node: ClusteredNode, ask: (client: Redis) => Promise<Answer>): Promise<Answer> {
    const client = new Redis({
      path: node.path,
      username: "ops",
      password,
      enableReadyCheck: false,
      disableClientInfo: true,
      commandTimeout: timeouts.commandTimeout,
      retryStrategy: () => null,
    });
    client.on("error", () => undefined);
    try {
      return await ask(client);
    } finally {
      client.disconnect();
    }
  }

  private async living(): Promise<ClusteredNode> {
    for (const node of this.nodes) {
      if (await this.ask(node, "PING").catch(() => undefined)) return node;
    }
    throw new Error("No node answers.");
  }
}

function seen(line: string): Seen {
  const [id = "", where = "", flags = "", primaryId = "", , , , , ...ranges] = line.split(" ");
  return {
    id,
    address: where.split(":")[0] ?? "",
    flags: flags.split(","),
    primaryId,
    ranges: ranges
      .filter((range) => !range.startsWith("["))
      .map((range) => {
        const [from, to = from] = range.split("-").map(Number);
        return [from ?? 0, to ?? 0] as const;
      }),
  };
}

/** Who leads what, in a text that is the same for the same. */
function primariesIn(view: readonly Seen[]): string {
  return view
    .map(({ id, primaryId, ranges }) => `${id} ${primaryId} ${JSON.stringify(ranges)}`)
    .sort()
    .join("\n");
}
