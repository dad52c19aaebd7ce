import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import type { Cluster } from "ioredis";
import { ensureDebianPackages } from "../../../lab/prerequisites.js";
import { until, waitFor } from "../../../lab/until.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { ScriptedCluster, type Place } from "./scriptedCluster.js";

/** A writer that never stops, and what was acknowledged to it. */
class SteadyWriter {
  readonly failures: string[] = [];
  private readonly acknowledged = new Map<string, string>();
  private isOver = false;
  private readonly loops: Promise<void>[];

  constructor(private readonly redis: Cluster) {
    this.loops = [0, 1, 2, 3].map((lane) => this.write(lane));
  }

  private async write(lane: number): Promise<void> {
    for (let count = 0; !this.isOver; count += 1) {
      // Bytes that a shell would take for something else, and some keys that are written again and again.
      const key = `${lane}:${count % 3 === 0 ? count % 300 : count} "'\\ \r\n\u0000*?$(`;
      try {
        await this.redis.set(key, `${count}`);
        this.acknowledged.set(key, `${count}`);
      } catch (error) {
        this.failures.push((error as Error).message);
        this.acknowledged.delete(key);
      }
      await pause(5);
    }
  }

  /** How many were acknowledged, and which of them are not there. */
  async end(): Promise<{ count: number; lost: string[] }> {
    this.isOver = true;
    await Promise.all(this.loops);
    const all = [...this.acknowledged];
    const lost: string[] = [];
    while (all.length > 0) {
      const some = all.splice(0, 500);
      const values = await Promise.all(some.map(([key]) => this.redis.get(key)));
      for (const [index, [key, value]] of some.entries())
        if (values[index] !== value)
          lost.push(`${JSON.stringify(key)}: ${value}, and not ${values[index] ?? "nothing"}`);
    }
    return { count: this.acknowledged.size, lost };
  }
}

/** So many values, and no more writes: every replica has them. */
/** So many at a time that each has its answer in the time that a command may take, on a busy machine as well. */
async function inParts<T>(count: number, ask: (index: number) => Promise<T>): Promise<T[]> {
  const most = 500;
  const answers: T[] = [];
  for (let from = 0; from < count; from += most) {
    const part = Array.from({ length: Math.min(most, count - from) }, (_, index) => ask(from + index));
    answers.push(...(await Promise.all(part)));
  }
  return answers;
}

async function fill(redis: Cluster, count: number): Promise<void> {
  await inParts(count, (index) => redis.set(`filled:${index}`, `${index}`));
  await Promise.all(redis.nodes("master").map((node) => node.wait(1, 5000)));
}

async function missing(redis: Cluster, count: number): Promise<number> {
  const values = await inParts(count, (index) => redis.get(`filled:${index}`));
  return values.filter((value, index) => value !== `${index}`).length;
}

const three = { "0-0": 5461, "1-0": 5461, "2-0": 5462 };

describe("a real cluster of three shards with a replica each, by the scripts of its nodes", () => {
  let cluster: ScriptedCluster;
  let redis: Cluster;
  const filled = 3000;

  before(async () => {
    await ensureDebianPackages(["redis-server"]);
    cluster = new ScriptedCluster(3, 1);
  });
  after(async () => {
    redis.disconnect();
    await cluster.remove();
  });
  afterEach(function () {
    if (this.currentTest?.state === "failed") console.error(cluster.said.slice(-20).join("\n"));
  });

  it("forms from what the plan says, with no command: each with its id, its slots and its own epoch", async () => {
    await cluster.startAll();
    await cluster.isWell();
    redis = cluster.client();
    assert.deepEqual(await cluster.spread(), three);
    for (const place of cluster.running()) {
      assert.equal(await cluster.ask(place, ["CLUSTER", "MYID"]), cluster.idOf(place));
      const view = await cluster.view(place);
      assert.deepEqual(
        view.map((node) => [node.place, node.id === cluster.idOf(node.place), node.epoch]).sort(),
        (["0-0", "0-1", "1-0", "1-1", "2-0", "2-1"] as Place[]).map((one) => [one, true, 100 - Number(one[0])]),
      );
    }
    assert.deepEqual(await cluster.refusals("0-0"), []);
  });

  it("keeps what is written when a primary is killed and comes back within the timer: its replica leads", async () => {
    await fill(redis, filled);
    await cluster.kill("0-0");
    const said = await cluster.start("0-0");
    assert.match(said, /this one is empty, and others have values\.\n.*to follow [0-9a-f]{40}\.\n$/);
    await cluster.isWell();
    assert.deepEqual(await cluster.spread(), { "0-1": 5461, "1-0": 5461, "2-0": 5462 });
    assert.equal(await missing(redis, filled), 0);
  });

  it("control case: without its script, one that is empty would have emptied its replica", async () => {
    const other = new ScriptedCluster(3, 1);
    const client = await begun(other);
    try {
      await fill(client, filled);
      const nodes = other.hostOf("0-0").read(hostPaths.clusterNodes);
      await other.kill("0-0");
      await other.startWith("0-0", nodes);
      await other.isWell();
      assert.notEqual(await missing(client, filled), 0);
    } finally {
      client.disconnect();
      await other.remove();
    }
  });

  it("keeps it when a primary is killed for longer: it comes back as a replica of the one that took over", async () => {
    await cluster.kill("1-0");
    await waitFor("its replica leads", async () => (await cluster.spread("2-0"))["1-1"] === 5461);
    assert.match(await cluster.start("1-0"), /: to follow /);
    await cluster.isWell();
    assert.equal(await missing(redis, filled), 0);
  });

  it("has a node that lost everything back with its id, and one that the others forgot as well", async () => {
    const place = "2-1";
    await cluster.kill(place);
    for (const one of cluster.running()) await cluster.ask(one, ["CLUSTER", "FORGET", cluster.idOf(place)]);
    assert.match(await cluster.start(place), /: to follow /);
    const stop = cluster.keep(["join-cluster"]);
    await waitFor("all know it", async () => {
      const views = await Promise.all(cluster.running().map((one) => cluster.view(one)));
      return views.every((view) => view.length === 6 && !view.some(({ flags }) => flags.includes("handshake")));
    });
    await stop();
    await cluster.isWell();
    assert.equal(
      (await cluster.view("0-0")).filter((one) => one.place === place && one.id === cluster.idOf(place)).length,
      1,
    );
    assert.equal(await missing(redis, filled), 0);
  });

  it("hands over when a primary is stopped: no write is lost, and none fails", async () => {
    const writer = new SteadyWriter(redis);
    const from = await cluster.leaderOf(2);
    await pause(500);
    assert.match(await cluster.stop(from), /^hipaa-redis: handed over to /);
    await cluster.start(from);
    await cluster.isWell();
    const { count, lost } = await writer.end();
    assert.ok(count > 100);
    assert.deepEqual([lost, writer.failures], [[], []]);
    assert.deepEqual((await cluster.run(from, "hand-over-cluster")).stderr, "");
  });

  it("tells `cluster-well` so, and keeps it waiting while a node is away", async () => {
    assert.equal((await cluster.run("0-0", "cluster-well")).status, 0);
    await cluster.kill("1-0");
    await waitFor("it is missed", async () =>
      (await cluster.view("0-0")).some(({ place, flags }) => place === "1-0" && flags.includes("fail")),
    );
    let ended = false;
    const waits = cluster.run("0-0", "cluster-well").then(({ status }) => {
      ended = true;
      return status;
    });
    assert.equal(await until(() => ended, 3000), false);
    await cluster.start("1-0");
    assert.equal(await waits, 0);
  });

  it("refuses its nodes nothing that their scripts say, and a node's user what they don't", async () => {
    for (const place of cluster.running()) assert.deepEqual(await cluster.refusals(place), [], place);
    for (const call of [
      ["GET", "filled:1"],
      ["SET", "filled:1", "x"],
      ["CLUSTER", "RESET", "HARD"],
      ["CLUSTER", "DELSLOTS", "1"],
      ["CONFIG", "GET", "*"],
      ["DUMP", "filled:1"],
      ["KEYS", "*"],
    ])
      await assert.rejects(cluster.ask("0-0", call, "_node"), /NOPERM|unknown command/, call.join(" "));
    // Control case: what is refused is there to be seen.
    assert.notDeepEqual(await cluster.refusals("0-0"), []);
  });
});

describe("a move of slots that is interrupted", () => {
  let cluster: ScriptedCluster;
  let redis: Cluster;
  const filled = 20_000;

  beforeEach(async function () {
    await ensureDebianPackages(["redis-server"]);
    cluster = new ScriptedCluster(3, 1);
    redis = await begun(cluster);
    await fill(redis, filled);
    cluster.goesBy(4);
    await cluster.startAll(["3-0", "3-1"]);
    const stop = cluster.keep(["join-cluster"]);
    await waitFor("the new shard is there", async () =>
      (await cluster.view("0-0")).some(({ place, flags }) => place === "3-1" && flags.includes("slave")),
    );
    await waitFor("all go by the new list", async () => {
      const lists = String(await cluster.ask("3-0", ["CLUSTER", "NODES"])).match(/members-\w+/g) ?? [];
      return lists.length === 8 && new Set(lists).size === 1;
    });
    await stop();
    await cluster.isWell();
  });
  afterEach(async () => {
    redis.disconnect();
    await cluster.remove();
  });

  /** Begins to move, and ends the script once slots are on their way. */
  const interrupt = async (): Promise<void> => {
    let group = 0;
    const ended = cluster.run("3-0", "move-slots", [], (it) => (group = it));
    await waitFor(
      "slots are on their way",
      async () =>
        (await cluster.view("3-0")).some(({ place, open, slots }) => place === "3-0" && open.length > 0 && slots > 0),
      { pauseMs: 5 },
    );
    process.kill(group, "SIGKILL");
    await ended;
  };
  const comesToItsEnd = async (): Promise<void> => {
    const stop = cluster.keep();
    await waitFor("the fourth shard has its slots", async () => {
      const leader = await cluster.leaderOf(3, "1-0").catch(() => undefined);
      return leader !== undefined && (await cluster.spread("1-0"))[leader] === 4096;
    });
    await stop();
    await cluster.isWell();
    for (const place of cluster.running())
      assert.deepEqual(
        (await cluster.view(place)).filter(({ open }) => open.length > 0),
        [],
        place,
      );
    assert.equal(await missing(redis, filled), 0);
  };

  it("goes on where it was when it is begun again", async () => {
    for (let times = 0; times < 5; times += 1) await interrupt();
    await comesToItsEnd();
  });

  it("goes on with the replica of the taker, which was killed", async () => {
    await interrupt();
    await cluster.kill("3-0");
    await waitFor("its replica leads", async () => (await cluster.facts("3-1")).get("role") === "master");
    await cluster.start("3-0");
    await comesToItsEnd();
  });

  it("goes on with the replica of the giver, which was killed", async () => {
    await interrupt();
    await cluster.kill("0-0");
    await cluster.start("0-0");
    await comesToItsEnd();
  });

  it("waits where a node hands over in its midst: no value is lost, and no write fails", async () => {
    const writer = new SteadyWriter(redis);
    const stop = cluster.keep();
    for (const place of ["0-0", "3-0"] as const) {
      await waitFor(
        "slots are on their way from or to it",
        async () => (await cluster.view(place)).some(({ open }) => open.length > 0),
        { pauseMs: 5 },
      );
      assert.match(await cluster.stop(place), /^hipaa-redis: handed over to /);
      await cluster.start(place);
    }
    await stop();
    await comesToItsEnd();
    assert.deepEqual([(await writer.end()).lost, writer.failures], [[], []]);
  });

  it("comes to its end although the list is as before again", async () => {
    await interrupt();
    cluster.goesBy(3);
    const stop = cluster.keep();
    await waitFor("three shards have all slots", async () => Object.keys(await cluster.spread("1-0")).length === 3);
    await stop();
    assert.equal(await missing(redis, filled), 0);
  });
});

describe("a node of a cluster that is alone", () => {
  it("starts as the plan has it, and takes no write: it is never in touch with a majority", async () => {
    const cluster = new ScriptedCluster(3, 0);
    try {
      assert.match(await cluster.start("0-0"), /starting as the plan has it: no other node is there\.\n$/);
      const isServed = async (): Promise<boolean> => (await cluster.facts("0-0")).get("cluster_state") === "ok";
      const served = await until(isServed, 6000, 10);
      assert.equal(served, false);
      await assert.rejects(cluster.ask("0-0", ["SET", "{06S}", "x"]), /^ReplyError: CLUSTERDOWN /);
    } finally {
      await cluster.remove();
    }
  });
});

async function begun(cluster: ScriptedCluster): Promise<Cluster> {
  await cluster.startAll();
  await cluster.isWell();
  return cluster.client();
}
