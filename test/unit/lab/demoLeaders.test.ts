import assert from "node:assert/strict";
import { leadsSlot } from "../../../lab/demo/leaders.js";

/** As Redis answers, the node that is asked among others. */
const answer = (flags: string, slots: string): string =>
  [
    "OK",
    "b".repeat(40) + " 127.82.0.7:6379@16379 master - 0 1700000000000 2 connected 5461-10921",
    "a".repeat(40) + ` 127.82.0.1:6379@16379 ${flags} 0 0 1 connected${slots}`,
    "",
  ].join("\r\n");

describe("who leads a slot", () => {
  it("is the node itself, by its own line, as long as it is a primary and has the slot", () => {
    assert.ok(leadsSlot(answer("myself,master -", " 0-5460"), 5460));
    assert.ok(leadsSlot(answer("myself,master -", " 0-99 200"), 200));
    assert.ok(!leadsSlot(answer("myself,master -", " 0-5460"), 5461));
    assert.ok(!leadsSlot(answer(`myself,slave ${"b".repeat(40)}`, ""), 5461));
    assert.ok(!leadsSlot("", 0));
  });

  it("is not told by a slot that is on its way to it", () => {
    assert.ok(!leadsSlot(answer("myself,master -", ` [200-<-${"b".repeat(40)}]`), 200));
  });
});
