import assert from "node:assert/strict";
import type { Ended } from "../../../../support/scriptHost.js";
import { ClusterHost, type Round } from "./clusterHost.js";
import { address, asSeenBy, formed, id, inTouch, nodesLines } from "./nodes.js";

describe("find-view", () => {
  let host: ClusterHost;
  beforeEach(() => {
    host = new ClusterHost();
  });
  afterEach(() => {
    host.remove();
  });

  const find = (round: Round): Ended => {
    host.is("0-0");
    host.install("find-view");
    host.answering(round);
    return host.run("find-view");
  };

  it("prints what the one says that is in touch and knows most", () => {
    const newer = asSeenBy("2-0", formed);
    const { status, stdout, stderr } = find({
      "0-1": inTouch(asSeenBy("0-1", formed), 100),
      "1-0": inTouch(asSeenBy("1-0", formed), 109, "fail"),
      "2-0": inTouch(newer, 101),
    });
    assert.deepEqual([status, stderr], [0, ""]);
    assert.equal(stdout, `ok 101 ${address("2-0")} 5 3\n${nodesLines(newer)}`);
  });

  it("takes one that is in touch with too few where there is no other", () => {
    const { status, stdout } = find({ "1-0": inTouch(formed, 109, "fail"), "2-0": inTouch(formed, 101, "fail") });
    assert.deepEqual([status, stdout.split("\n")[0]], [0, `fail 109 ${address("1-0")} 5 2`]);
  });

  it("takes no answer that was cut off", () => {
    const whole = inTouch(formed, 101);
    const cut = whole.slice(0, whole.lastIndexOf(id("2-1")));
    assert.equal(find({ "1-0": cut }).status, 2);
    assert.match(find({ "0-1": inTouch(formed), "1-0": cut }).stdout, /^ok 100 /);
  });

  it("tells nobody from one that tells nothing", () => {
    assert.equal(find({}).status, 1);
    assert.equal(find({ "1-0": "WRONGPASS invalid username-password pair or user is disabled.\n" }).status, 2);
  });
});
