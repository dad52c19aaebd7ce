import assert from "node:assert/strict";
import { assess } from "../../../src/evidence/assess.js";
import { tunnelEngines } from "../../../src/plan/tunnel.js";
import { batchesOf } from "../../mutations/batches.js";
import { checkName } from "../../mutations/checkName.js";
import { claims } from "../../mutations/hostMutation.js";
import { hostMutations } from "../../mutations/hostMutations.js";
import { sampleEvidence } from "../../support/sample.js";

for (const tunnel of tunnelEngines) {
  describe(`mutations of hosts (${tunnel})`, () => {
    const mutations = hostMutations(tunnel);
    const batches = batchesOf(mutations, claims, false);
    const titles = (some: typeof mutations) => some.map(({ on, what }) => `${on}: ${what}`);

    it("are told apart by what is done where", () => {
      assert.equal(new Set(titles(mutations)).size, mutations.length);
    });

    it("break checks that there are, each named once", () => {
      const { controls } = assess(sampleEvidence({ tunnel }));
      const known = controls.flatMap(({ id, checks }) =>
        checks.flatMap((check) =>
          check.by === "host" ? check.hosts.map((kind) => checkName(kind, id, check.shows)) : [],
        ),
      );
      // By its name a check is found again.
      assert.equal(new Set(known).size, known.length);
      for (const { what, breaks } of mutations) {
        assert.deepEqual(
          breaks.filter((check) => !known.includes(check)),
          [],
          what,
        );
        assert.equal(new Set(breaks).size, breaks.length, what);
      }
    });

    it("are done at the same time only where no two break the same check or change the same thing", () => {
      for (const batch of batches) {
        const all = batch.flatMap(claims);
        const twice = all.filter((claim, index) => all.indexOf(claim) !== index);
        assert.deepEqual(twice, [], titles(batch).join(", "));
      }
    });

    it("are done twice, never with the same others, or alone where it is said why", () => {
      for (const mutation of mutations) {
        const [first, second, ...more] = batches.filter((batch) => batch.includes(mutation));
        assert.ok(first);
        assert.deepEqual(more, []);
        if (mutation.alone !== undefined) {
          assert.deepEqual([first, second], [[mutation], undefined]);
        } else {
          const { length } = [...first, ...(second ?? [])];
          assert.ok(first.length > 1 && second !== undefined && second.length > 1, mutation.what);
          assert.equal(new Set([...first, ...second]).size, length - 1, mutation.what);
        }
      }
    });

    it("take a look for every four of them", () => {
      assert.equal(batches.length, 34);
      assert.ok(4 * batches.length <= mutations.length, `${batches.length} for ${mutations.length}`);
    });

    it("are each done once, where they are done one by one", () => {
      assert.deepEqual(
        batchesOf(mutations, claims, true),
        mutations.map((one) => [one]),
      );
    });

    it("of what depends on the tunnel are few, and are the ones that its program's configuration decides", () => {
      assert.deepEqual(titles(mutations.filter(({ ofTunnel }) => ofTunnel)), [
        "node: run the tunnel with TLS 1.2 as well",
        "node: run the tunnel with TLS 1.2 only",
        "node: run the tunnel with a cipher whose tag is short",
        "node: run the tunnel with a cipher that is as good, but not planned",
        "node: run the tunnel with sessions that are resumed",
        "node: run the tunnel with a key exchange that is not planned",
        "node: run the tunnel for whoever has no certificate",
        "node: run the tunnel for whoever has a certificate of any authority",
      ]);
    });
  });
}
