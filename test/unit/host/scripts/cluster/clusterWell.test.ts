import assert from "node:assert/strict";
import { hostPaths } from "../../../../../src/host/hostPaths.js";
import { ClusterHost, type Round } from "./clusterHost.js";
import { asSeenBy, formed, id, nodesLines, type Nodes } from "./nodes.js";

describe("cluster-well", () => {
  let host: ClusterHost;
  beforeEach(() => {
    host = new ClusterHost();
  });
  afterEach(() => {
    host.remove();
  });

  const info = "cluster_state:ok\ncluster_slots_ok:16384\n";
  const well = (nodes: Nodes, change: Round = {}): Round => ({
    "0-0": `OK\n${info}${nodesLines(asSeenBy("0-0", nodes))}role:master\n`,
    "0-1": "OK\nrole:slave\nmaster_link_status:up\n",
    ...change,
  });
  const wait = (...rounds: readonly Round[]): number | null => {
    host.is("0-0");
    host.install("cluster-well");
    host.answering(...rounds);
    // Each look takes five minutes.
    host.standIn("date", `echo $((1000 + 300 * $(wc -l <${host.path("/round")})))`);
    host.standIn("logger");
    return host.run("cluster-well").status;
  };

  it("goes on at once where all members are there and the shard has its copies", () => {
    assert.equal(wait(well(formed)), 0);
    assert.equal(host.read("/round"), "");
  });

  it("waits for nobody where this node's server is too old to be started: an update alone helps", () => {
    host.write(`${hostPaths.redisStartFolder}/too-old`, "too_old:redis-tools 1 is older than 2\n");
    assert.equal(wait({}), 0);
    assert.equal(host.read("/round"), "");
  });

  const [first = ""] = Object.values(well(formed));
  for (const [what, round] of [
    ["a member is away", well({ ...formed, "2-1": { follows: "2-0", flags: "slave,fail" } })],
    ["a member may be away", well({ ...formed, "2-1": { follows: "2-0", flags: "slave,fail?" } })],
    ["a member is not known", well({ ...formed, "2-1": { follows: "2-0", flags: "handshake" } })],
    ["slots are on their way", well({ ...formed, "0-0": { slots: `0-5460 [7->-${id("1-0")}]` } })],
    ["the node is not in touch", well(formed, { "0-0": first.replace("state:ok", "state:fail") })],
    ["slots are not served", well(formed, { "0-0": first.replace("ok:16384", "ok:16000") })],
    ["its replica has no link", well(formed, { "0-1": "OK\nrole:slave\nmaster_link_status:down\n" })],
    ["nobody answers", {}],
  ] as const) {
    it(`waits while ${what}, and says after half an hour that no updates are installed`, () => {
      assert.equal(wait(round, round, well(formed)), 0);
      assert.equal(host.read("/round").length, 2);
      assert.equal(wait(round), 1);
      assert.equal(host.calls().filter((call) => call.startsWith("logger")).length, 1);
    });
  }
});
