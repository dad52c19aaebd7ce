import assert from "node:assert/strict";
import { assess } from "../../../src/evidence/assess.js";
import { tunnelEngines } from "../../../src/plan/tunnel.js";
import { checkName } from "../../mutations/checkName.js";
import { eachNodeMutations } from "../../mutations/eachNodeMutations.js";
import { isRestart } from "../../mutations/hostChange.js";
import { replicaMutations } from "../../mutations/replicaMutations.js";
import { replicated, sampleEvidence } from "../../support/sample.js";

for (const tunnel of tunnelEngines)
  describe(`mutations of a node among others (${tunnel})`, () => {
    const mutations = [...replicaMutations(tunnel), ...eachNodeMutations(tunnel)];

    it("are told apart by what is done", () => {
      assert.equal(new Set(mutations.map(({ what }) => what)).size, mutations.length);
    });

    it("break checks that such a cache has, each named once", () => {
      const { controls } = assess(sampleEvidence({ ...replicated(), tunnel }));
      const known = controls.flatMap(({ id, checks }) =>
        checks.flatMap((check) =>
          check.by === "host" ? check.hosts.map((kind) => checkName(kind, id, check.shows)) : [],
        ),
      );
      for (const { what, breaks } of mutations) {
        assert.deepEqual(
          breaks.filter((check) => !known.includes(check)),
          [],
          what,
        );
        assert.equal(new Set(breaks).size, breaks.length, what);
      }
    });

    it("are undone by themselves, or start a service with another file", () => {
      for (const { what, change } of mutations)
        assert.ok(isRestart(change) ? change.edit !== "" : change.does !== "" && change.mends !== "", what);
    });
  });
