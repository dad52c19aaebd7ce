import assert from "node:assert/strict";
import type { Deployed, Evidence } from "../../../src/evidence/evidence.js";
import { parseEvidence } from "../../../src/evidence/parse.js";
import { sampleEvidence } from "../../support/sample.js";

/** What a shell would take as more than text. */
const strange = "$(touch /tmp/x)";

const [node] = sampleEvidence().deployed.nodes;

describe("an evidence that is read from a file", () => {
  it("is what the cache has given out", () => {
    const evidence = sampleEvidence();
    assert.deepEqual(parseEvidence(JSON.parse(JSON.stringify(evidence))), evidence);
  });

  for (const value of [null, [], "evidence", { schemaVersion: 2 }, {}]) {
    it(`is refused when it is none: ${JSON.stringify(value)}`, () => {
      assert.throws(() => parseEvidence(value), /not the evidence of a cache/);
    });
  }

  const forgedDeployed: readonly Partial<Deployed>[] = [
    ...(["region", "vpcId", "securityGroupId", "kmsKeyArn"] as const).map((field) => ({ [field]: strange })),
    { subnets: [{ name: "sessions-0", id: strange }] },
    { subnets: [{ name: strange, id: "subnet-1" }] },
    ...(["name", "instanceId", "privateIp", "imageId", "secretArn"] as const).map((field) => ({
      nodes: [Object.assign({}, node, { [field]: strange })],
    })),
    { nodes: [] },
    {
      clients: [{ name: "web", secretArn: `arn:aws:secretsmanager:us-east-1:000000000000:secret:a;${strange}` }],
    },
    { certificates: [{ name: "x", validFrom: strange, validUntil: "2027-01-01T00:00:00Z" }] },
  ];
  for (const change of forgedDeployed) {
    it(`is refused with what a shell would take as more than text: ${JSON.stringify(change).slice(0, 60)}`, () => {
      const evidence = sampleEvidence();
      assert.throws(
        () => parseEvidence({ ...evidence, deployed: { ...evidence.deployed, ...change } }),
        /not the evidence/,
      );
    });
  }

  const forgedArguments: readonly object[] = [
    { appCidrBlocks: [strange] },
    { clients: [strange] },
    { securityUpdateWindow: `08:00; ${strange}` },
    { operatorIdleLogoffMinutes: strange },
    { instanceType: strange },
    { tunnel: strange },
    { evictionPolicy: strange },
    { keyspaceEvents: `Ex${strange}` },
    { maxMemoryPercent: strange },
    { maxValueBytes: strange },
    { refreshIntervalSeconds: strange },
    { certificates: { validityHours: strange } },
    { vpcCidrBlock: strange },
    { operators: [{ name: strange, sshPublicKey: "" }] },
  ];
  for (const change of forgedArguments) {
    it(`is refused with an argument that no cache has: ${JSON.stringify(change).slice(0, 60)}`, () => {
      const evidence = sampleEvidence() as Evidence & { arguments: object };
      assert.throws(
        () => parseEvidence({ ...evidence, arguments: { ...evidence.arguments, ...change } }),
        /The evidence of cache sessions: \d+ argument problem/,
      );
    });
  }

  it("is refused when the cache's name is none", () => {
    assert.throws(() => parseEvidence({ ...sampleEvidence(), cache: strange }), /not the evidence/);
  });
});
