import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseJson, readEvidenceFile, readExactText, readTextFile } from "../../../src/cli/files.js";
import { sampleEvidence } from "../../support/sample.js";

describe("a file that is named", () => {
  let folder: string;
  const text = JSON.stringify(sampleEvidence());
  const at = (name: string): string => join(folder, name);

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "files-"));
    writeFileSync(at("evidence.json"), text);
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("is read as text, as JSON, or as evidence", () => {
    writeFileSync(at("ä.json"), '{"ä":1}');
    assert.equal(readTextFile("--x", at("ä.json")), '{"ä":1}');
    assert.deepEqual(parseJson("--x", "ä.json", '{"ä":1}'), { ä: 1 });
    assert.deepEqual(readEvidenceFile(at("evidence.json")), JSON.parse(text));
  });

  it("is read in each encoding in which a shell writes it, its mark left out", () => {
    const utf16 = Buffer.from(`\ufeff${text}\r\n`, "utf16le");
    for (const bytes of [utf16, Buffer.from(utf16).swap16(), Buffer.from(`\ufeff${text}\r\n`)]) {
      writeFileSync(at("encoded.json"), bytes);
      assert.deepEqual(readEvidenceFile(at("encoded.json")), JSON.parse(text));
      assert.equal(readTextFile("--x", at("encoded.json")), `${text}\r\n`);
      assert.notEqual(readExactText("--x", at("encoded.json")), `${text}\r\n`);
    }
    assert.equal(readExactText("--x", at("evidence.json")), text);
  });

  it("is named with its option where it can't be", () => {
    writeFileSync(at("torn.json"), "{");
    writeFileSync(at("other.json"), "{}");
    for (const [read, message] of [
      [
        (): unknown => readTextFile("--x", at("nowhere")),
        `--x: ${at("nowhere")} could not be read: ENOENT: no such file or directory, open '${at("nowhere")}'`,
      ],
      [(): unknown => parseJson("--x", "torn.json", "{"), "--x: torn.json is not JSON."],
      [(): unknown => readEvidenceFile(at("torn.json")), `--evidence: ${at("torn.json")} is not JSON.`],
      [(): unknown => readEvidenceFile(at("other.json")), /^This is not the evidence of a cache\./],
    ] as const)
      assert.throws(read, { message });
  });
});
