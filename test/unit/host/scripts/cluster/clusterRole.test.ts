import assert from "node:assert/strict";
import { ClusterHost } from "./clusterHost.js";
import { address, formed, four, id, type Place } from "./nodes.js";

describe("cluster-role", () => {
  let host: ClusterHost;
  beforeEach(() => {
    host = new ClusterHost();
  });
  afterEach(() => {
    host.remove();
  });

  const peers = (...of: readonly (readonly [Place, "there" | "away"])[]): string[] =>
    of.map(([place, where]) => `${address(place)} ${where}`);
  for (const [what, self, nodes, role] of [
    ["one that leads slots", "1-0", formed, ["lead", ...peers(["1-1", "there"])]],
    [
      "one that leads slots, with a replica that is away",
      "1-0",
      { ...formed, "1-1": { follows: "1-0", flags: "slave,fail" } },
      ["lead", ...peers(["1-1", "away"])],
    ],
    ["a replica", "1-1", formed, [`follow ${id("1-0")}`, ...peers(["1-0", "there"])]],
    [
      "one whose replica has taken over",
      "1-0",
      { ...formed, "1-0": { flags: "master,fail" }, "1-1": { slots: "5461-10921" } },
      [`follow ${id("1-1")}`, ...peers(["1-1", "there"])],
    ],
    [
      "one that nobody knows, of a shard that is led",
      "2-1",
      { ...formed, "2-1": undefined },
      [`follow ${id("2-0")}`, ...peers(["2-0", "there"])],
    ],
    ["the first of a new shard", "3-0", { ...formed, "3-1": {} }, ["wait", ...peers(["3-1", "there"])]],
    [
      "another of a new shard, whose first has no slots yet",
      "3-1",
      { ...formed, "3-0": {} },
      [`follow ${id("3-0")}`, ...peers(["3-0", "there"])],
    ],
    ["another of a new shard, alone", "3-1", formed, ["wait"]],
    ["one of a new shard, whose first is only met", "3-1", { ...formed, "3-0": { flags: "handshake" } }, ["wait"]],
  ] as const) {
    it(`says what ${what} is, and who may have its values`, () => {
      const known = Object.fromEntries(Object.entries(nodes).filter(([, said]) => said !== undefined));
      const { status, stdout, stderr } = host.decide("cluster-role", self, known, four);
      assert.deepEqual([status, stderr, stdout.trimEnd().split("\n")], [0, "", role]);
    });
  }
});
