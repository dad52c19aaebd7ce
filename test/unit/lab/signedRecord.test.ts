import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signedRecord } from "../../../lab/scenario/signedRecord.js";
import { newSshKey } from "../../../lab/scenario/sshKey.js";
import { assess } from "../../../src/evidence/assess.js";
import { sampleEvidence } from "../../support/sample.js";
import { heldRecord, now } from "../evidence/heldRecord.js";

describe("a record that the demo signs", () => {
  it("counts, where the key is one of the stack's operators, and not where it is another's", async () => {
    const folder = mkdtempSync(join(tmpdir(), "signed-record-"));
    try {
      const [ada, eve] = [await newSshKey(folder, "ada"), await newSshKey(folder, "eve")];
      const operators = [{ name: "ada", sshPublicKey: ada.publicKey }];
      const evidence = sampleEvidence({ operators });
      const recordsOf = (key: { privateKeyFile: string }) => {
        const given = signedRecord(folder, heldRecord(evidence, "cache"), key, operators);
        return assess(evidence, { date: now, verifications: [given] }).records;
      };
      assert.deepEqual(
        recordsOf(ada).counted.map(({ signedBy }) => signedBy),
        ["ada"],
      );
      assert.deepEqual(
        recordsOf(eve).refused.map(({ name }) => name),
        ["cache.json"],
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
