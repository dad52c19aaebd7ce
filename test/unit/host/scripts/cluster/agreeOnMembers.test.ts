import assert from "node:assert/strict";
import { hostPaths } from "../../../../../src/host/hostPaths.js";
import { ClusterHost } from "./clusterHost.js";
import { formed, four, nameOf, three, type Nodes } from "./nodes.js";

describe("agree-on-members", () => {
  let host: ClusterHost;
  beforeEach(() => {
    host = new ClusterHost();
  });
  afterEach(() => {
    host.remove();
  });

  const named = (nodes: Nodes, list: string): Nodes =>
    Object.fromEntries(Object.entries(nodes).map(([place, said]) => [place, { ...said, list }]));
  const all = named(formed, nameOf(three));
  for (const [what, nodes, agreed, tells] of [
    ["all go by the same", all, true, false],
    ["this one has not told its own yet", { ...all, "0-0": formed["0-0"] }, true, true],
    ["this one has told another before", { ...all, "0-0": { ...formed["0-0"], list: nameOf(four) } }, true, true],
    ["a replica goes by another", { ...all, "2-1": { ...formed["2-1"], list: nameOf(four) } }, true, false],
    ["a primary goes by another", { ...all, "2-0": { ...formed["2-0"], list: nameOf(four) } }, false, false],
    ["a primary goes by none", { ...all, "2-0": formed["2-0"] }, false, false],
    ["a shard's primary is away", { ...all, "2-0": { ...all["2-0"], flags: "master,fail" } }, false, false],
    ["one that is on the list no more goes by another", { ...all, "3-0": { list: nameOf(four) } }, true, false],
  ] as const) {
    it(`says ${agreed ? "yes" : "no"} where ${what}${tells ? ", and tells it" : ""}`, () => {
      host.standInScript("ask-redis", `cat >>${host.path("/told")}`);
      host.write("/told", "");
      const { status, stdout, stderr } = host.decide("agree-on-members", "0-0", nodes);
      assert.deepEqual([status, stdout, stderr], [agreed ? 0 : 1, "", ""]);
      const told = tells ? `CONFIG SET cluster-announce-hostname ${nameOf(three)}\n` : "";
      assert.equal(host.read("/told"), told);
    });
  }

  it("says no of a node that is about to hand over", () => {
    host.standInScript("ask-redis", "cat >/dev/null");
    host.write(`${hostPaths.redisStartFolder}/leaves`, "");
    assert.equal(host.decide("agree-on-members", "0-0", all).status, 1);
  });
});
