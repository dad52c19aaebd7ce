import assert from "node:assert/strict";
import { ClusterHost } from "./clusterHost.js";
import { address, formed, id, type Nodes, type Place } from "./nodes.js";

describe("open-slots", () => {
  let host: ClusterHost;
  beforeEach(() => {
    host = new ClusterHost();
  });
  afterEach(() => {
    host.remove();
  });

  const at = (place: Place): string => `${address(place)} ${id(place)}`;
  for (const [what, self, nodes, lines] of [
    ["nothing where none is open", "0-0", formed, []],
    [
      "takes what it was taking, from who has it now",
      "1-0",
      {
        ...formed,
        "0-0": { flags: "master,fail" },
        "0-1": { slots: "0-5460" },
        "1-0": { slots: `5461-10921 [7-<-${id("0-0")}] [6-<-${id("0-0")}]` },
      },
      [`take ${at("0-1")} 6`, `take ${at("0-1")} 7`],
    ],
    [
      "gives what it was giving to who leads there now",
      "0-0",
      {
        ...formed,
        "0-0": { slots: `0-5460 [7->-${id("1-0")}]` },
        "1-0": { flags: "slave", follows: "1-1" },
        "1-1": { slots: "5461-10921" },
      },
      [`give ${at("1-1")} 7`],
    ],
    [
      "gives it to one that is on the list no more, and is there",
      "0-0",
      { ...formed, "0-0": { slots: `0-5460 [7->-${id("3-0")}]` }, "3-0": {} },
      [`give ${at("3-0")} 7`],
    ],
    [
      "closes what nobody is there to take",
      "0-0",
      { ...formed, "0-0": { slots: `0-5460 [7->-${id("3-0")}]` }, "3-0": { flags: "master,fail" } },
      ["close 7"],
    ],
    [
      "closes what it has given or taken already",
      "0-0",
      { ...formed, "0-0": { slots: `0-5460 [7-<-${id("1-0")}] [6000->-${id("1-0")}]` } },
      ["close 6000", "close 7"],
    ],
    [
      "leaves it to the primary of a replica that knows of it, as Valkey's do",
      "1-1",
      {
        ...formed,
        "1-0": { slots: `5461-10921 [7-<-${id("0-0")}]` },
        "1-1": { flags: "slave", follows: "1-0", slots: `[7-<-${id("0-0")}]` },
      },
      [],
    ],
  ] as const satisfies readonly (readonly [string, Place, Nodes, readonly string[]])[]) {
    it(what, () => {
      const { status, stdout, stderr } = host.decide("open-slots", self, nodes);
      assert.deepEqual([status, stderr], [0, ""]);
      assert.deepEqual(stdout.split("\n").filter(Boolean).sort(), [...lines].sort());
    });
  }
});
