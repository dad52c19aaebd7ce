import assert from "node:assert/strict";
import { ClusterHost } from "./clusterHost.js";
import { address, formed, four, id, three, type Nodes, type Place } from "./nodes.js";

describe("next-slots", () => {
  let host: ClusterHost;
  beforeEach(() => {
    host = new ClusterHost();
  });
  afterEach(() => {
    host.remove();
  });

  const next = (self: Place, nodes: Nodes, members = three): string => {
    const { status, stdout, stderr } = host.decide("next-slots", self, nodes, members);
    assert.deepEqual([status, stderr], [0, ""]);
    return stdout.trimEnd();
  };
  const slots = (from: number, count = 128): string =>
    Array.from({ length: count }, (_, index) => from + index).join(" ");
  const grown: Nodes = { ...formed, "3-0": {}, "3-1": { follows: "3-0" } };

  it("has nothing to do where the slots are spread as they were at the beginning", () => {
    for (const self of three) assert.equal(next(self, formed), "", self);
  });

  it("has the first primary of a new shard take the lowest of what others have too much, and nobody else", () => {
    assert.equal(next("3-0", grown, four), `${address("0-0")} ${id("0-0")} ${slots(4096, 1)}`);
    for (const self of ["0-0", "1-0", "2-0", "3-1", "0-1"] as const) assert.equal(next(self, grown, four), "", self);
  });

  it("goes on with what is left, and ends with exactly what it lacks", () => {
    const later = { ...grown, "0-0": { slots: "0-4095 4097-5460" }, "3-0": { slots: "4096" } };
    assert.equal(next("3-0", later, four), `${address("0-0")} ${id("0-0")} ${slots(4097)}`);
    const last = {
      ...grown,
      ...{ "0-0": { slots: "0-4095" }, "1-0": { slots: "5461-9556" }, "2-0": { slots: "10922-15017 16381-16383" } },
      "3-0": { slots: "4096-5460 9557-10921 15018-16380" },
    };
    assert.equal(next("3-0", last, four), `${address("2-0")} ${id("2-0")} 16381 16382 16383`);
  });

  it("takes from one giver at once", () => {
    const atTheEnd = {
      ...grown,
      ...{ "0-0": { slots: "0-4095 5460" }, "3-0": { slots: "4096-5459" } },
    };
    assert.equal(next("3-0", atTheEnd, four), `${address("0-0")} ${id("0-0")} 5460`);
  });

  it("has the lowest shard that lacks slots take them from who is on the list no more, one shard after the other", () => {
    const full = {
      "0-0": { slots: "0-4095" },
      ...{ "1-0": { slots: "4096-8191" }, "1-1": { follows: "1-0" as const } },
      ...{ "2-0": { slots: "8192-12287" }, "3-0": { slots: "12288-16383" } },
    };
    assert.equal(next("0-0", full), `${address("3-0")} ${id("3-0")} ${slots(12_288)}`);
    for (const self of ["1-0", "2-0", "1-1"] as const) assert.equal(next(self, full), "", self);
    const second = { ...full, "0-0": { slots: "0-4095 12288-13652" }, "3-0": { slots: "13653-16383" } };
    assert.equal(next("0-0", second), "");
    assert.equal(next("1-0", second), `${address("3-0")} ${id("3-0")} ${slots(13_653)}`);
  });

  it("leaves it to the one that leads the shard, and reads no slot that is on its way as one that it has", () => {
    const failedOver = {
      ...grown,
      "3-0": { flags: "master,fail", slots: "" },
      "3-1": { slots: `4096 [4097-<-${id("0-0")}]` },
      "0-0": { slots: "0-4095 4097-5460" },
    };
    assert.equal(next("3-0", failedOver, four), "");
    assert.equal(next("3-1", failedOver, four), `${address("0-0")} ${id("0-0")} ${slots(4097)}`);
  });
});
