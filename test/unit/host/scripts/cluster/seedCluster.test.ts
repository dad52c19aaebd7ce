import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { hostPaths } from "../../../../../src/host/hostPaths.js";
import type { Ended } from "../../../../support/scriptHost.js";
import { ClusterHost, password, type Round } from "./clusterHost.js";
import { address, asSeenBy, formed, four, id, inTouch, nameOf, three, type Nodes, type Place } from "./nodes.js";

describe("seed-cluster", () => {
  let host: ClusterHost;
  beforeEach(() => {
    host = new ClusterHost();
  });
  afterEach(() => {
    host.remove();
  });

  let members: readonly Place[];
  beforeEach(() => {
    members = three;
  });
  const start = (self: Place, ...rounds: readonly Round[]): Ended & { readonly looks: number } => {
    host.is(self, members);
    for (const name of ["find-view", "cluster-role", "seed-cluster"] as const) host.install(name);
    host.write(hostPaths.redisCommands, "user _agent reset on #00 -@all +info\n");
    host.write(hostPaths.redisMemory, "");
    host.answering(...rounds);
    const ended = host.run("seed-cluster");
    return { ...ended, looks: host.read("/round").length + 1 };
  };
  const lines = (): string[] => host.read(hostPaths.clusterNodes).trimEnd().split("\n");
  const own = (): string | undefined => lines().find((line) => line.includes("myself"));
  const says = (...texts: readonly string[]): string => texts.map((text) => `hipaa-redis: ${text}\n`).join("");
  const empty = "role:slave\nmaster_repl_offset:0\n";
  const copied = (offset: number): string =>
    `role:slave\nmaster_repl_offset:${offset}\n# Keyspace\ndb0:keys=3,expires=0\n`;
  const seen = (nodes: Nodes, change: Round = {}, state = "ok", epoch = 104): Round => ({
    "2-0": inTouch(asSeenBy("2-0", nodes), epoch, state),
    ...change,
  });

  it("has what the plan says after fifteen seconds with nobody there", () => {
    const { status, stderr, looks } = start("1-0", {});
    const texts = ["waiting for another node.", "starting as the plan has it: no other node is there."];
    assert.deepEqual([status, stderr, looks], [0, says(...texts), 16]);
    assert.deepEqual(lines(), [
      `${id("0-0")} ${address("0-0")}:6379@16379 master - 1 0 100 connected 0-5460`,
      `${id("0-1")} ${address("0-1")}:6379@16379 slave ${id("0-0")} 1 0 100 connected`,
      `${id("1-0")} ${address("1-0")}:6379@16379 myself,master - 0 0 99 connected 5461-10921`,
      `${id("1-1")} ${address("1-1")}:6379@16379 slave ${id("1-0")} 1 0 99 connected`,
      `${id("2-0")} ${address("2-0")}:6379@16379 master - 1 0 98 connected 10922-16383`,
      `${id("2-1")} ${address("2-1")}:6379@16379 slave ${id("2-0")} 1 0 98 connected`,
      "vars currentEpoch 100 lastVoteEpoch 0",
    ]);
  });

  it("never has it on a node of the fourth shard or a later one: it waits for those of the first three", () => {
    members = four;
    const rounds = Array.from({ length: 40 }, () => ({}));
    const { looks, stderr } = start(
      "3-0",
      ...rounds,
      seen({ ...formed, "3-0": { epoch: 97, slots: "7" } }, {}, "fail"),
    );
    assert.equal(looks, 41);
    assert.equal(stderr, says("waiting for another node.", `starting as node ${address("2-0")} sees it: to lead.`));
  });

  it("never has it while somebody is there who tells nothing", () => {
    const refuses = { "1-0": "WRONGPASS\n" };
    const rounds = Array.from({ length: 20 }, () => refuses);
    const { looks, stderr } = start("0-0", ...rounds, seen(formed, { "0-1": `OK\n${empty}` }));
    assert.equal(looks, 21);
    assert.match(stderr, /: waiting for another node to tell of the cluster: one is there, and does not\.\n/);
  });

  it("has a replica follow, with all others as they are seen, and what is open nowhere", () => {
    const nodes: Nodes = {
      ...formed,
      "0-0": { epoch: 103, slots: `0-5460 7000`, list: nameOf(three) },
      "1-0": { epoch: 99, flags: "master,fail" },
      "1-1": { epoch: 104, slots: "5461-6999 7001-10921" },
      "2-0": { epoch: 98, slots: `10922-16383 [11000->-${id("0-0")}]` },
      "3-0": { flags: "handshake" },
    };
    const { status, stderr } = start("0-1", seen(nodes));
    const text = `starting as node ${address("2-0")} sees it: to follow ${id("0-0")}.`;
    assert.deepEqual([status, stderr], [0, says(text)]);
    assert.deepEqual(lines(), [
      `${id("0-0")} ${address("0-0")}:6379@16379 master - 1 0 103 connected 0-5460 7000`,
      `${id("1-0")} ${address("1-0")}:6379@16379 master,fail - 1 0 99 connected`,
      `${id("1-1")} ${address("1-1")}:6379@16379 master - 1 0 104 connected 5461-6999 7001-10921`,
      `${id("2-0")} ${address("2-0")}:6379@16379 master - 1 0 98 connected 10922-16383`,
      `${id("2-1")} ${address("2-1")}:6379@16379 slave ${id("2-0")} 1 0 98 connected`,
      `${id("0-1")} ${address("0-1")}:6379@16379 myself,slave ${id("0-0")} 0 0 0 connected`,
      "vars currentEpoch 104 lastVoteEpoch 104",
    ]);
  });

  it("lets a primary lead what it led, where no other of its shard has a value", () => {
    for (const peer of [{ "0-1": `OK\n${empty}` }, {}]) {
      const flags = peer["0-1"] === undefined ? "slave,fail" : "slave";
      const nodes = { ...formed, "0-1": { follows: "0-0", flags } as const };
      const { status, stderr } = start("0-0", seen(nodes, peer));
      assert.deepEqual([status, stderr], [0, says(`starting as node ${address("2-0")} sees it: to lead.`)]);
      assert.equal(own(), `${id("0-0")} ${address("0-0")}:6379@16379 myself,master - 0 0 100 connected 0-5460`);
      assert.deepEqual(host.told(), []);
    }
  });

  const led: Nodes = { ...formed, "0-0": { epoch: 100 }, "0-1": { epoch: 105, slots: "0-5460" } };
  const waits = "waiting for another node to take over: this one is empty, and others have values.";
  for (const [what, answer] of [
    ["values", copied(9)],
    ["been told of some", "role:slave\nmaster_repl_offset:1\n"],
  ] as const) {
    it(`never lets an empty one lead where a replica has ${what}: that one takes over first`, () => {
      const before = seen(formed, { "0-1": `OK\n${answer}` });
      const { status, stderr } = start("0-0", before, before, seen(led, { "0-1": `OK\n${answer}` }));
      const text = `starting as node ${address("2-0")} sees it: to follow ${id("0-1")}.`;
      assert.deepEqual([status, stderr], [0, says(waits, text)]);
      assert.deepEqual(host.told(), [`${address("0-1")} CLUSTER FAILOVER FORCE`]);
      assert.equal(own(), `${id("0-0")} ${address("0-0")}:6379@16379 myself,slave ${id("0-1")} 0 0 0 connected`);
    });
  }

  it("nor where its replica is there and does not say", () => {
    const silent = seen(formed);
    const refuses = seen(formed, { "0-1": "LOADING\n" });
    const { stderr, looks } = start("0-0", silent, refuses, silent, seen(formed, { "0-1": `OK\n${empty}` }));
    assert.deepEqual([stderr.includes(waits), looks, host.told()], [true, 4, []]);
  });

  it("nor where one stands still, who may have values: it waits until that one says, or is away to the others as well", () => {
    members = ["0-0", "0-1", "0-2", "1-0", "2-0"];
    const both: Nodes = { ...formed, "0-2": { follows: "0-0" } };
    const still = { "0-1": "", "0-2": `OK\n${empty}` };
    const away: Nodes = { ...both, "0-1": { follows: "0-0", flags: "slave,fail" } };
    for (const after of [seen(both, { ...still, "0-1": `OK\n${empty}` }), seen(away, still)]) {
      const { status, stderr, looks } = start("0-0", seen(both, still), seen(both, still), after);
      const text = `starting as node ${address("2-0")} sees it: to lead.`;
      assert.deepEqual([status, stderr, looks, host.told()], [0, says(waits, text), 3, []]);
    }
  });

  it("asks the others for their values where one stands still", () => {
    members = ["0-0", "0-1", "0-2", "1-0", "2-0"];
    const nodes: Nodes = { ...formed, "0-2": { follows: "0-0" } };
    const before = seen(nodes, { "0-1": "", "0-2": `OK\n${copied(9)}` });
    start("0-0", before, seen({ ...nodes, "0-0": {}, "0-2": { slots: "0-5460" } }));
    assert.deepEqual(host.told(), [`${address("0-2")} CLUSTER FAILOVER FORCE`]);
    assert.equal(own(), `${id("0-0")} ${address("0-0")}:6379@16379 myself,slave ${id("0-2")} 0 0 0 connected`);
  });

  it("has the replica with the most of its values take over, and asks it anew after five seconds", () => {
    members = ["0-0", "0-1", "0-2", "1-0", "2-0"];
    const nodes: Nodes = { ...formed, "0-2": { follows: "0-0" } };
    const before = seen(nodes, { "0-1": `OK\n${copied(99)}`, "0-2": `OK\n${copied(100)}` });
    const rounds = Array.from({ length: 7 }, () => before);
    const after = seen({ ...nodes, "0-0": {}, "0-2": { slots: "0-5460" } });
    start("0-0", ...rounds, after);
    const call = `${address("0-2")} CLUSTER FAILOVER FORCE`;
    assert.deepEqual(host.told(), [call, call]);
  });

  it("has a replica that has keys of the first slot lead a shard that has no slots yet, and follows it", () => {
    members = four;
    const nodes: Nodes = { ...formed, "3-0": { flags: "master,fail" }, "3-1": { follows: "3-0" } };
    const peer = { "3-1": `OK\n${copied(9)}` };
    start("3-0", seen(nodes, peer), seen({ ...nodes, "3-1": {} }, peer));
    assert.deepEqual(host.told(), [`${address("3-1")} CLUSTER FAILOVER TAKEOVER`]);
    assert.equal(own(), `${id("3-0")} ${address("3-0")}:6379@16379 myself,slave ${id("3-1")} 0 0 0 connected`);
  });

  it("waits for slots where nobody of its shard has a value", () => {
    members = four;
    const nodes: Nodes = { ...formed, "3-0": {}, "3-1": { follows: "3-0" } };
    start("3-0", seen(nodes, { "3-1": `OK\n${empty}` }));
    assert.deepEqual(host.told(), []);
    assert.equal(own(), `${id("3-0")} ${address("3-0")}:6379@16379 myself,master - 0 0 0 connected`);
  });

  it("has it take over without a vote where no majority is there to vote, but most nodes are", () => {
    const few = (answers: Round): Round => seen(formed, { "0-1": `OK\n${copied(9)}`, ...answers }, "fail");
    const after = seen(led, { "0-1": `OK\n${copied(9)}` });
    const rounds = Array.from({ length: 16 }, () => few({ "1-1": `OK\n` }));
    const { stderr } = start("0-0", ...rounds, after);
    assert.match(stderr, /^hipaa-redis: waiting for a node that is in touch with most primaries\.\n/);
    assert.deepEqual(host.told(), [`${address("0-1")} CLUSTER FAILOVER TAKEOVER`]);
  });

  it("but not where it sees few nodes: these may be cut off from the others", () => {
    const rounds = Array.from({ length: 16 }, () => seen(formed, { "0-1": `OK\n${copied(9)}` }, "fail"));
    start("0-0", ...rounds, seen(led));
    assert.deepEqual(host.told(), [`${address("0-1")} CLUSTER FAILOVER FORCE`]);
  });

  it("gives Redis the password of its peers, and the agent what tells it another, for Redis's user alone to read", () => {
    start("0-1", seen(formed));
    assert.equal(host.read(hostPaths.redisRole), `masteruser _replica\nmasterauth ${password}\n`);
    assert.equal(host.read(hostPaths.redisCommands), "user _agent reset on #00 -@all +info +config|set\n");
    const mode = (path: string): number => statSync(host.path(path)).mode & 0o777;
    assert.deepEqual(
      [hostPaths.redisRole, hostPaths.redisCommands, hostPaths.clusterNodes].map(mode),
      [0o400, 0o400, 0o600],
    );
  });
});
