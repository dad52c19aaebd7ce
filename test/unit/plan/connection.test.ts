import assert from "node:assert/strict";
import { connectionProblems } from "../../../src/plan/connectionProblems.js";
import { sampleConnection } from "../../support/sample.js";

describe("the texts of a connection", () => {
  it("are taken as a cache writes them", () => {
    assert.deepEqual(connectionProblems(sampleConnection), []);
  });

  const [node] = sampleConnection.nodes;
  for (const [path, change] of [
    ["connection.cache", { cache: "Sessions" }],
    ["connection.client", { client: "web\nroot" }],
    ["connection.region", { region: "us-east-1 " }],
    ["connection.secretArn", { secretArn: "arn:aws:secretsmanager:us-east-1:000000000000:secret:x $(id)" }],
    ["connection.nodes[0].address", { nodes: [{ ...node, address: "10.0.0.100:1 verify none" }] }],
    ["connection.nodes[0].port", { nodes: [{ ...node, port: 0 }] }],
    ["connection.nodes[0].serverName", { nodes: [{ ...node, serverName: "a.internal verify none" }] }],
  ] as const) {
    it(`are refused by name where they could mean something else in a file: ${path}`, () => {
      const problems = connectionProblems({ ...sampleConnection, ...change });
      assert.deepEqual(
        problems.map((problem) => problem.path),
        [path],
      );
    });
  }
});
