import assert from "node:assert/strict";
import type { Host } from "../../../lab/hosts/index.js";
import { settled } from "../../../lab/replicas/nodes.js";

describe("a cache with replicas that is waited for", () => {
  /** Nodes whose first one leads; what most Sentinels name, one look after the other. */
  const nodesWhoAreTold = (named: string[]): Host[] =>
    [0, 1, 2].map((index) => {
      const info =
        index === 0
          ? "role:master\r\nslave0:ip=127.82.0.2,state=online\r\nslave1:ip=127.82.0.3,state=online\r\n"
          : "role:slave\r\nmaster_link_status:up\r\n";
      const exec: Host["exec"] = ([program = ""]) => {
        const isPlace = program === "bash";
        const stdout = isPlace ? info : `${named.length > 1 ? named.shift() : named[0]}\n`;
        return Promise.resolve({ exitCode: stdout === "\n" ? 1 : 0, stdout, stderr: "" });
      };
      return { name: `sessions-${index}`, exec } as Host;
    });

  it("is settled once most Sentinels name the node that leads, be it that too few of them answered in time before", async () => {
    const named = ["", "127.82.0.3", "127.82.0.1"];
    assert.deepEqual(await settled({ nodes: nodesWhoAreTold(named) }), { primary: 0, replicas: [1, 2] });
    assert.deepEqual(named, ["127.82.0.1"]);
  });
});
