import assert from "node:assert/strict";
import type { Evidence } from "../../../src/evidence/evidence.js";
import { assess } from "../../../src/evidence/assess.js";
import { hostMutations, notBroken } from "../../mutations/hostMutations.js";
import { brokenChecks, controlsOf, evidenceOf } from "./brokenChecks.js";
import { letTheAgentLook, shell } from "./onHost.js";
import { describeOnHosts, type TestScene } from "./scene.js";

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

describeOnHosts(["tunnel"], "verify on hosts that somebody has changed", (scene, engine) => {
  let here: TestScene;
  let evidence: Evidence;
  /** `role: what it shows`, of each check that a mutation has broken. */
  const broken = new Set<string>();
  before(async () => {
    here = await scene();
    evidence = await evidenceOf(here);
    assert.deepEqual(await brokenChecks(here, evidence), []);
  });

  const breaks = async (at: Evidence, ...controls: readonly string[]): Promise<void> => {
    const checks = await brokenChecks(here, at);
    for (const { role, shows } of checks) broken.add(`${role}: ${shows}`);
    const found = `Not ${controls.join(", ")} alone, but: ${JSON.stringify(checks, undefined, 2)}`;
    assert.deepEqual(controlsOf(checks), [...controls].sort(), found);
  };

  for (const [index, mutation] of hostMutations(engine).entries()) {
    const { control, what, on, does, mends, also = [] } = mutation;
    it(`${index + 1}. ${on}: ${what}: ${[control, ...also].join(", ")} and nothing else`, async () => {
      await letTheAgentLook(here[on]);
      try {
        await shell(here[on], does);
        await breaks(evidence, control, ...also);
      } finally {
        await shell(here[on], mends);
      }
    });
  }

  for (const [what, control, change] of plannedOtherwise) {
    it(`evidence of ${what}: ${control} and nothing else`, async () => {
      await breaks(change(evidence), control);
    });
  }

  it("finds nothing any more once all of it is undone", async () => {
    assert.deepEqual(await brokenChecks(here, evidence), []);
  });

  it("has no check that no mutation has broken, but for those that can't be", () => {
    const all = assess(evidence).controls.flatMap(({ checks }) =>
      checks.flatMap((check) =>
        check.by === "host" ? check.roles.map((role) => ({ role, shows: check.shows })) : [],
      ),
    );
    const never = all.filter(({ role, shows }) => !broken.has(`${role}: ${shows}`));
    assert.deepEqual([...new Set(never.map(({ shows }) => shows))].sort(), Object.keys(notBroken).sort());
  });
});
