import assert from "node:assert/strict";
import { worstState } from "../../../../src/evidence/oscal/status.js";
import type { DesignedStatus, Status } from "../../../../src/evidence/status.js";

/** [what it is by design, its status]. */
const met = ["met", "met"] as const;
const partly = ["met", "partly met"] as const;
const unseen = ["met", "designed"] as const;
const failed = ["met", "not met"] as const;
const weakened = ["weakened", "weakened"] as const;
const none = ["not applicable", "not applicable"] as const;
const theirs = ["organisation", "organisation"] as const;
const alternative = ["alternative", "alternative"] as const;
const approved = ["alternative", "met"] as const;
const denied = ["alternative", "not met"] as const;

const cases: readonly (readonly [(readonly [DesignedStatus, Status])[], string])[] = [
  [[met], "implemented"],
  [[partly], "partial"],
  [[weakened], "partial"],
  [[unseen], "planned"],
  [[failed], "planned"],
  [[theirs], "planned"],
  [[alternative], "alternative"],
  [[approved], "alternative"],
  [[denied], "planned"],
  [[none], "not-applicable"],
  // The worst of several.
  [[met, none], "implemented"],
  [[met, approved], "alternative"],
  [[approved, weakened], "partial"],
  [[met, partly, theirs], "planned"],
];

describe("OSCAL's implementation status", () => {
  for (const [statuses, state] of cases) {
    it(`is ${state} of ${statuses.map((both) => both.join(", but ")).join("; ")}`, () => {
      assert.equal(worstState(statuses.map(([designed, status]) => ({ designed, status }))), state);
    });
  }
});
