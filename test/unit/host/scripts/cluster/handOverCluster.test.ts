import assert from "node:assert/strict";
import { hostPaths } from "../../../../../src/host/hostPaths.js";
import type { Ended } from "../../../../support/scriptHost.js";
import { ClusterHost, type Round } from "./clusterHost.js";
import { address, asSeenBy, formed, id, nodesLines, type Place } from "./nodes.js";

describe("hand-over-cluster", () => {
  let host: ClusterHost;
  beforeEach(() => {
    host = new ClusterHost();
  });
  afterEach(() => {
    host.remove();
  });

  const replica = (place: Place, offset: number, state = "online"): string =>
    `slave${Number(place[2])}:ip=${address(place)},port=6379,state=${state},offset=${offset},lag=0`;
  const leads = (...replicas: readonly string[]): Round => ({
    "0-0": `OK\nrole:master\nconnected_slaves:${replicas.length}\n${replicas.join("\n")}\n${nodesLines(asSeenBy("0-0", formed))}`,
  });
  const follows: Round = { "0-0": "OK\nrole:slave\n" };
  const stop = (...rounds: readonly Round[]): Ended => {
    host.is("0-0");
    host.install("hand-over-cluster");
    host.answering(...rounds);
    return host.run("hand-over-cluster");
  };

  it("has the replica take over that has most, and waits until it does", () => {
    const before = leads(replica("0-1", 99), replica("0-2", 100), replica("0-3", 101, "wait_bgsave"));
    const { status, stderr } = stop(before, before, follows);
    assert.deepEqual([status, stderr], [0, `hipaa-redis: handed over to ${address("0-2")}.\n`]);
    assert.deepEqual(host.told(), [`${address("0-2")} CLUSTER FAILOVER`]);
  });

  it("does nothing for a replica, nor where none follows, nor where it has no slots, nor where Redis does not answer", () => {
    const without = `OK\nrole:master\n${replica("0-1", 99)}\n${nodesLines({ "0-0": { flags: "myself,master" } })}`;
    for (const round of [follows, leads(), { "0-0": without }, leads(replica("0-1", 1, "wait_bgsave")), {}]) {
      const { status, stderr } = stop(round);
      assert.deepEqual([status, stderr, host.told()], [0, "", []]);
    }
  });

  it("first lets slots come to where they are on their way to, and has all others begin no more", () => {
    const nodes = (slots: string): string => nodesLines(asSeenBy("0-0", { ...formed, "0-0": { slots } }));
    const before = `OK\nrole:master\n${replica("0-1", 99)}\n`;
    const moving = { "0-0": before + nodes(`0-5460 [7->-${id("1-0")}]`) };
    const still = { "0-0": before + nodes("0-5460") };
    host.install("agree-on-members");
    host.write("/announced", "");
    host.write(hostPaths.redisCommands, "");
    host.standInScript("ask-redis", `cat >>${host.path("/announced")}`);
    // Once it is still for a moment, and moves again.
    const { stderr } = stop(moving, still, still, moving, still, still, still, still, still, follows);
    assert.equal(stderr, `hipaa-redis: handed over to ${address("0-1")}.\n`);
    assert.equal(host.read("/announced"), "CONFIG SET cluster-announce-hostname leaves\n");
    assert.equal(host.read("/round").length, 9);
    assert.deepEqual(host.told(), [`${address("0-1")} CLUSTER FAILOVER`]);
  });

  it("hands over after a minute all the same, and tells who leads then what is on its way", () => {
    const slots = `0-5460 [7->-${id("1-0")}] [9000-<-${id("1-0")}]`;
    const nodes = nodesLines(asSeenBy("0-0", { ...formed, "0-0": { slots } }));
    const moving = { "0-0": `OK\nrole:master\n${replica("0-1", 99)}\n${nodes}` };
    host.install("agree-on-members");
    host.write(hostPaths.redisCommands, "");
    host.standInScript("ask-redis", "cat >/dev/null");
    const { stderr } = stop(...Array<Round>(61).fill(moving), follows);
    assert.equal(stderr, `hipaa-redis: handed over to ${address("0-1")}.\n`);
    const [failover, ...after] = host.told();
    assert.equal(failover, `${address("0-1")} CLUSTER FAILOVER`);
    assert.deepEqual(after, [
      `${address("0-1")} CLUSTER SETSLOT 7 MIGRATING ${id("1-0")}`,
      `${address("0-1")} CLUSTER SETSLOT 9000 IMPORTING ${id("1-0")}`,
    ]);
  });

  it("goes on where its Redis, or the replica, answers late", () => {
    const late: Round = { "0-0": "" };
    const before = { ...leads(replica("0-1", 99)), "0-1": "" };
    const { status, stderr } = stop(late, before, late, follows);
    assert.deepEqual([status, stderr], [0, `hipaa-redis: handed over to ${address("0-1")}.\n`]);
    assert.deepEqual(host.told(), [`${address("0-1")} CLUSTER FAILOVER`]);
  });

  it("asks anew after six seconds, and gives up after fifteen", () => {
    const { status, stderr } = stop(leads(replica("0-1", 1)));
    assert.deepEqual([status, stderr], [0, "hipaa-redis: not handed over: no replica took over in time.\n"]);
    assert.equal(host.told().length, 3);
  });
});
