import assert from "node:assert/strict";
import type { CacheArguments } from "../../../src/arguments/cacheArguments.js";
import { assess } from "../../../src/evidence/assess.js";
import { controls } from "../../../src/evidence/controls/index.js";
import { leftOpen } from "../../../src/evidence/leftOpen.js";
import {
  deviationRatings,
  openingRatings,
  residualRatings,
  riskLevel,
  type RiskLevel,
} from "../../../src/evidence/riskRatings.js";
import { planCache } from "../../../src/plan/cachePlan.js";
import { sampleArguments, sampleEvidence } from "../../support/sample.js";

function found(change: Partial<CacheArguments>): Record<string, string> {
  const shape = { ...sampleArguments, ...change };
  return Object.fromEntries(leftOpen(shape, planCache("sessions", shape)).map(({ name, here }) => [name, here]));
}

/** Everything that can be closed is. */
const closed: Partial<CacheArguments> = {
  httpsEgressCidrBlocks: ["10.0.32.0/24"],
  clientSecurityGroups: true,
  bastionSecurityGroupIds: { bastions: "sg-1" },
  secretAdministratorArns: ["arn:aws:iam::123456789012:role/deployer"],
};
const alone = { "one-node": "1 node" };

describe("what is left open", () => {
  it("by the defaults of the sample is this", () => {
    assert.deepEqual(found({}), {
      httpsEgressCidrBlocks: "0.0.0.0/0",
      clientSecurityGroups: "whoever is in 10.0.16.0/20",
      bastionSecurityGroupIds: "whoever is in 10.0.0.0/28",
      secretAdministratorArns: "none: the account's IAM alone decides",
      ...alone,
    });
  });

  it("is one node alone where everything else is closed", () => {
    assert.deepEqual(found(closed), alone);
  });

  const cases: readonly [Partial<CacheArguments>, Record<string, string>][] = [
    [{ httpsEgressCidrBlocks: ["0.0.0.0/1", "10.0.0.0/8"] }, { httpsEgressCidrBlocks: "0.0.0.0/1" }],
    [{ httpsEgressCidrBlocks: ["10.0.0.0/8"] }, {}],
    [{ clientSecurityGroups: false, appSecurityGroupIds: { web: "sg-1" } }, {}],
    [{ clientSecurityGroups: false, appSecurityGroupIds: {} }, { clientSecurityGroups: "whoever is in 10.0.16.0/20" }],
    [{ operators: [], bastionCidrBlocks: [], bastionSecurityGroupIds: {} }, {}],
    [{ bastionSecurityGroupIds: {} }, { bastionSecurityGroupIds: "whoever is in 10.0.0.0/28" }],
    [{ secretAdministratorArns: [] }, { secretAdministratorArns: "none: the account's IAM alone decides" }],
    [{ imageId: "ami-0123456789abcdef0" }, { imageId: "ami-0123456789abcdef0" }],
  ];
  for (const [change, more] of cases) {
    it(`is told by the plan: ${JSON.stringify(change)}`, () => {
      assert.deepEqual(found({ ...closed, ...change }), { ...alone, ...more });
    });
  }

  it("weakens no control, and is of one that there is", () => {
    const { leftOpen: open, controls: assessed, deviations } = assess(sampleEvidence({ imageId: "ami-1" }));
    assert.equal(open.length, 6);
    assert.deepEqual(deviations, []);
    assert.deepEqual(
      assessed.filter(({ designed }) => designed === "weakened"),
      [],
    );
    for (const { control } of open)
      assert.ok(
        assessed.some(({ id }) => id === control),
        control,
      );
  });
});

describe("what is proposed for risks", () => {
  it("has each control once, with a reason in a sentence", () => {
    assert.deepEqual(Object.keys(residualRatings).sort(), controls.map(({ id }) => id).sort());
    for (const { because } of [residualRatings, deviationRatings, openingRatings].flatMap((all) => Object.values(all)))
      assert.match(because, /^[A-Z].{20,150}[.]$/);
  });

  const levels: readonly [RiskLevel, RiskLevel, RiskLevel][] = [
    ["low", "low", "low"],
    ["low", "high", "low"],
    ["moderate", "low", "low"],
    ["moderate", "high", "moderate"],
    ["high", "moderate", "moderate"],
    ["high", "high", "high"],
  ];
  for (const [likelihood, impact, level] of levels) {
    it(`is ${level} where the likelihood is ${likelihood} and the impact ${impact}`, () => {
      assert.equal(riskLevel({ likelihood, impact, because: "" }), level);
    });
  }
});
