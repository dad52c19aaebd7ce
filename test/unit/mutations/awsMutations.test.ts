import assert from "node:assert/strict";
import { assess } from "../../../src/evidence/assess.js";
import { awsMutations } from "../../mutations/awsMutations.js";
import { batchesOf } from "../../mutations/batches.js";
import { checkName } from "../../mutations/checkName.js";
import { sampleEvidence } from "../../support/sample.js";

describe("mutations of the account", () => {
  const batches = batchesOf(awsMutations, ({ breaks }) => [breaks], false);

  it("break all checks that there are, but for five that LocalStack can't show", () => {
    const known = assess(sampleEvidence()).controls.flatMap(({ id, checks }) =>
      checks.flatMap((check) => (check.by === "aws" ? [checkName("aws", id, check.shows)] : [])),
    );
    assert.equal(new Set(known).size, known.length);
    const broken = awsMutations.map(({ breaks }) => breaks);
    assert.deepEqual(
      broken.filter((check) => !known.includes(check)),
      [],
    );
    assert.deepEqual(
      known.filter((check) => !broken.includes(check)),
      [
        // It reports every instance's tenancy as `default`, refuses other user data in any encoding, has no serial console, and lets
        // nobody change when an image was made, or of which an instance was.
        checkName("aws", "dedicated-tenancy", "sessions-0 has the tenancy dedicated"),
        checkName(
          "aws",
          "emergency-access",
          "EC2's serial console, which asks for no SSH key, is shut in this account and region",
        ),
        checkName("aws", "security-updates", "the image of sessions-0 is at most 180 days old"),
        checkName("aws", "configuration-drift", "AWS has the planned user data of sessions-0"),
        checkName("aws", "configuration-drift", "sessions-0 is of the planned image and type"),
      ],
    );
  });

  it("are done twice, never two of one check at the same time, the one that can't be undone alone and last", () => {
    for (const batch of batches) assert.equal(new Set(batch.map(({ breaks }) => breaks)).size, batch.length);
    for (const mutation of awsMutations) {
      const times = batches.filter((batch) => batch.includes(mutation)).length;
      assert.equal(times, mutation.alone === undefined ? 2 : 1, mutation.what);
    }
    assert.deepEqual(batches.at(-1), [awsMutations.at(-1)]);
    assert.equal(awsMutations.at(-1)?.alone, "It can't be undone.");
    assert.equal(batches.length, 15);
  });
});
