import assert from "node:assert/strict";
import { hostPaths } from "../../../../../src/host/hostPaths.js";
import { membersSum } from "../../../../../src/plan/clusterHealth.js";
import { ClusterHost } from "./clusterHost.js";
import { formed, four, id, nodesLines, three, type Nodes, type Place } from "./nodes.js";

describe("cluster-health", () => {
  let host: ClusterHost;
  beforeEach(() => {
    host = new ClusterHost();
  });
  afterEach(() => {
    host.remove();
  });

  const health = (self: Place, nodes: Nodes, members = three, state = "ok"): Record<string, string> => {
    host.is(self, members);
    host.write(hostPaths.members, list);
    host.install("cluster-health");
    host.standInScript("ask-peer", `cat >/dev/null; cat ${host.path("/told")}`);
    host.write("/told", `OK\ncluster_state:${state}\ncluster_size:3\n${nodesLines(nodes)}`);
    const { status, stdout, stderr } = host.run("cluster-health");
    assert.deepEqual([status, stderr], [0, ""]);
    return Object.fromEntries([...stdout.matchAll(/^(\w+):(.*)$/gm)].map(([, name = "", value = ""]) => [name, value]));
  };
  const list = "0-0 10.0.0.4\n";
  const told = (slots: number, strangers: number, misplaced: number, state = "ok"): object => ({
    cluster_state: state,
    members: membersSum(list),
    slots: String(slots),
    strangers: String(strangers),
    misplaced: String(misplaced),
  });

  it("tells how many slots the node leads, and that all are where the plan has them", () => {
    assert.deepEqual(health("2-0", formed), told(5462, 0, 0));
    assert.deepEqual(health("2-1", formed, three, "fail"), told(0, 0, 0, "fail"));
  });

  it("tells how many are to go to a new shard, whichever of a shard's nodes leads, and what is on its way not twice", () => {
    const grown: Nodes = {
      ...formed,
      "0-0": { follows: "0-1" },
      "0-1": { slots: `1000-5460 [1000->-${id("3-0")}]` },
      "3-0": { slots: "0-999" },
      "3-1": { follows: "3-0" },
    };
    assert.deepEqual(health("0-1", grown, four), told(4461, 0, 4096 - 1000));
  });

  it("tells how many are still with a shard that the list has no more", () => {
    const shrunk: Nodes = { ...formed, "0-0": { slots: "1366-5460" }, "3-0": { slots: "0-1365" } };
    assert.deepEqual(health("0-0", shrunk), told(4095, 1366, 1366));
  });
});
