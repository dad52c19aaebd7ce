import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../lab/stateFolder.js";
import { clusterRules } from "../../src/plan/cluster.js";
import { bytesSentBySecond } from "./gossip.js";

const page = readFileSync(join(repositoryRoot, "docs/cluster.md"), "utf8");
const rows = [...page.matchAll(/^\| +(\d+) \| +([\d.]+) Mbit\/s \| +([\d.,]+) Mbit\/s \|$/gm)].map(([, ...cells]) =>
  cells.map((cell) => Number(cell.replace(",", ""))),
);

describe("docs/cluster.md, of what nodes say to each other,", () => {
  it("tells what the bench reckons, to three figures", () => {
    assert.ok(rows.length >= 3);
    for (const [nodes = 0, ofOne, ofAll] of rows) {
      const megabits = (bytesSentBySecond(nodes, clusterRules.nodeTimeoutMs) * 8) / 1e6;
      assert.equal(ofOne, Number(megabits.toFixed(1)), `${nodes} nodes`);
      assert.ok(Math.abs(Number(ofAll) / (megabits * nodes) - 1) < 0.05, `${nodes} nodes: ${megabits * nodes}`);
    }
  });
});
