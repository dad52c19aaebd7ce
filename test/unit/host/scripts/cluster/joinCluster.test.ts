import assert from "node:assert/strict";
import { utimesSync } from "node:fs";
import { hostPaths } from "../../../../../src/host/hostPaths.js";
import { ClusterHost } from "./clusterHost.js";
import {
  address,
  asSeenBy,
  formed,
  four,
  id,
  inTouch,
  nameOf,
  nodesLines,
  three,
  type Nodes,
  type Place,
} from "./nodes.js";

describe("join-cluster", () => {
  let host: ClusterHost;
  beforeEach(() => {
    host = new ClusterHost();
  });
  afterEach(() => {
    host.remove();
  });

  const [list, other] = [nameOf(three), nameOf(four)];
  const named = (nodes: Nodes, name = list): Nodes =>
    Object.fromEntries(Object.entries(nodes).map(([place, said]) => [place, { ...said, list: name }]));
  const join = (self: Place, nodes: Nodes, seen: Nodes | undefined, viewer: Place = "2-0"): string[] => {
    host.is(self);
    for (const name of ["find-view", "cluster-role", "agree-on-members", "join-cluster"] as const) host.install(name);
    host.standInScript("ask-redis", "cat >/dev/null");
    host.write(`${hostPaths.redisStartFolder}/agent`, "");
    host.answering({
      [self]: `OK\n${nodesLines(asSeenBy(self, nodes))}`,
      ...(seen === undefined ? {} : { [viewer]: inTouch(asSeenBy(viewer, seen)) }),
    });
    const { status, stderr } = host.run("join-cluster");
    assert.deepEqual([status, stderr], [0, ""]);
    return host.told();
  };
  const all = named(formed);
  const without = Object.fromEntries(Object.entries(all).filter(([place]) => place !== "2-1"));

  it("has nothing to do where all know each other", () => {
    for (const self of ["0-0", "0-1"] as const) assert.deepEqual(join(self, all, all), [], self);
  });

  it("has others meet a node that they don't know, once they go by its list", () => {
    assert.deepEqual(join("2-1", all, without), [`${address("2-1")} CLUSTER MEET ${address("2-0")} 6379 16379`]);
    assert.deepEqual(join("2-1", all, named(without, other)), []);
    assert.deepEqual(join("2-1", all, undefined), []);
  });

  it("asks one of the others, and all where that one is in touch with too few, or doesn't know this node", () => {
    join("2-1", all, all);
    const others = three.filter((place) => place !== "2-1");
    const asked = (seen: Nodes, state: string): number => {
      const answers = others.map((place) => [place, inTouch(asSeenBy(place, seen), 100, state)] as const);
      host.answering({ "2-1": `OK\n${nodesLines(asSeenBy("2-1", all))}`, ...Object.fromEntries(answers) });
      host.calls();
      assert.equal(host.run("join-cluster").status, 0);
      return host.calls().filter((call) => others.some((place) => call.startsWith(`ask-peer ${address(place)} `)))
        .length;
    };
    assert.equal(asked(all, "ok"), 1);
    assert.equal(asked(all, "fail"), 1 + others.length);
    assert.equal(asked(without, "ok"), 1 + others.length);
  });

  it("looks at what others know once a minute, where its list is an old one", () => {
    const looked = `${hostPaths.redisStartFolder}/looked`;
    const old = new Date(Date.now() - 11 * 60_000);
    const meets = (): boolean => {
      host.is("2-1");
      utimesSync(host.path(hostPaths.clusterMembers), old, old);
      return host.run("join-cluster").status === 0 && host.told().length > 0;
    };
    join("2-1", all, without);
    host.write("/told", "");
    assert.equal(meets(), false);
    const before = new Date(Date.now() - 2 * 60_000);
    utimesSync(host.path(looked), before, before);
    assert.equal(meets(), true);
    host.write("/told", "");
    assert.equal(meets(), false);
  });

  it("has a node without slots follow who leads its shard, also from another", () => {
    const call = `${address("2-1")} CLUSTER REPLICATE ${id("2-0")}`;
    assert.deepEqual(join("2-1", { ...all, "2-1": { list } }, all), [call]);
    assert.deepEqual(join("2-1", { ...all, "2-1": { follows: "1-0", list } }, all), [call]);
  });

  it("has the first of a shard take over from one that is on the list no more, where that leads it", () => {
    const led: Nodes = {
      ...all,
      "0-0": { follows: "0-2", list },
      "0-1": { follows: "0-2", list },
      "0-2": { slots: "0-5460", list: other },
    };
    assert.deepEqual(join("0-0", led, all), [`${address("0-0")} CLUSTER FAILOVER`]);
    assert.deepEqual(join("0-1", led, all), []);
    const away = { ...led, "0-0": { follows: "0-2", flags: "slave,fail", list } } as const;
    assert.deepEqual(join("0-1", away, all), [`${address("0-1")} CLUSTER FAILOVER`]);
    assert.deepEqual(join("0-0", { ...led, "0-2": { list: other } }, all), []);
  });

  it("forgets who is on the list no more and has no slots, once all primaries go by that list", () => {
    const left: Nodes = {
      ...all,
      "3-0": { list: other },
      "3-1": { follows: "3-0", flags: "slave,fail", list: other },
    };
    assert.deepEqual(
      join("0-0", left, all),
      ["3-0", "3-1"].map((place) => `${address("0-0")} CLUSTER FORGET ${id(place as Place)}`),
    );
    // So that the next refresh lays out the secret without the ways to them.
    const taken = `${hostPaths.secretFolder}/taken`;
    for (const [nodes, isTaken] of [
      [all, true],
      [left, false],
    ] as const) {
      host.write(taken, "");
      join("0-0", nodes, all);
      assert.equal(host.has(taken), isTaken);
    }
    // The replica of one that still has slots may have to take over.
    const leads = { ...left, "3-0": { slots: "7", list: other } };
    assert.deepEqual(join("0-0", leads, all), []);
    assert.deepEqual(join("0-0", { ...leads, "3-1": { list: other } }, all), [
      `${address("0-0")} CLUSTER FORGET ${id("3-1")}`,
    ]);
    assert.deepEqual(join("0-0", { ...left, "1-0": { ...formed["1-0"], list: other } }, all), []);
    assert.deepEqual(join("0-0", { ...all, "3-0": { flags: "handshake" } }, all), []);
  });

  it("does nothing while its Redis does not answer", () => {
    host.is("0-0");
    host.install("join-cluster");
    host.answering({});
    assert.equal(host.run("join-cluster").status, 0);
    assert.deepEqual(host.told(), []);
  });
});
