import assert from "node:assert/strict";
import type { Evidence } from "../../../src/evidence/evidence.js";
import { appHostMutations } from "../../mutations/appHostMutations.js";
import { nodeMutations } from "../../mutations/nodeMutations.js";
import { brokenChecks, evidenceOf, findingsOf } from "./lookAt.js";
import { shell } from "./onHost.js";
import { describeEachTunnel, type TestScene } from "./scene.js";

/** Evidence that is not of these hosts. */
const plannedOtherwise: readonly (readonly [string, string, (evidence: Evidence) => Evidence])[] = [
  [
    "another interval than the deployed one",
    "configuration-drift",
    (evidence) => ({ ...evidence, arguments: { ...evidence.arguments, refreshIntervalSeconds: 600 } }),
  ],
  [
    "another instance",
    "documentation",
    ({ deployed, ...evidence }) => ({
      ...evidence,
      deployed: {
        ...deployed,
        nodes: deployed.nodes.map((node) => ({ ...node, instanceId: "i-0123456789abcdef0" })),
      },
    }),
  ],
];

describeEachTunnel("verify on hosts that somebody has changed", (scene, engine) => {
  let here: TestScene;
  let evidence: Evidence;
  before(async () => {
    here = await scene();
    evidence = await evidenceOf(here);
    assert.deepEqual(await brokenChecks(here, evidence), []);
  });

  for (const [index, mutation] of [...nodeMutations(engine), ...appHostMutations].entries()) {
    const { control, what, on, does, mends, alsoDrift } = mutation;
    it(`${index + 1}. ${on}: ${what}: names ${control} alone`, async () => {
      try {
        await shell(here[on], does);
        const named = [control, ...(alsoDrift === true ? ["configuration-drift"] : [])].sort();
        assert.deepEqual(await findingsOf(here, evidence), named);
      } finally {
        await shell(here[on], mends);
      }
    });
  }

  for (const [what, control, change] of plannedOtherwise) {
    it(`names ${control} alone when the evidence is of ${what}`, async () => {
      assert.deepEqual(await findingsOf(here, change(evidence)), [control]);
    });
  }

  it("finds nothing any more once all of it is undone", async () => {
    assert.deepEqual(await brokenChecks(here, evidence), []);
  });
});
