import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  assess,
  evidenceAnnexHtml,
  evidenceAnnexMarkdown,
  evidenceHtml,
  evidenceMarkdown,
  evidenceNetworkMap,
  evidenceOscal,
  writeEvidence,
  type AssessOptions,
  type OscalOptions,
  type ReportOptions,
} from "../../../src/evidence/index.js";
import { sha256 } from "../../../src/evidence/digest.js";
import { sampleEvidence } from "../../support/sample.js";
import { heldRecord, now, signed } from "./heldRecord.js";

const evidence = sampleEvidence({ allowScripting: true });
const options = {
  date: now,
  packageVersions: { haproxy: "2.6.12-1+deb12u3" },
  verifications: [signed(heldRecord(evidence, "cache"))],
  oscalProfile: "profile.json",
} satisfies AssessOptions & ReportOptions & OscalOptions;

describe("the files of a report", () => {
  let folder: string;
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), "hipaa-redis-evidence-")), "new", "report");
  });
  afterEach(() => {
    rmSync(join(folder, "..", ".."), { recursive: true, force: true });
  });
  const text = (name: string): string => readFileSync(join(folder, name), "utf8");

  it("each hold what its own function makes of the same options, in a folder that is made", () => {
    const assessment = assess(evidence, options);
    assert.ok(assessment.controls.some(({ status }) => status === "met"));
    const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
    const report = {
      "report.html": evidenceHtml(assessment, options),
      "report-annex.html": evidenceAnnexHtml(assessment, options),
      "report.md": evidenceMarkdown(assessment, options),
      "report-annex.md": evidenceAnnexMarkdown(assessment, options),
      "network-map.svg": evidenceNetworkMap(assessment),
      "controls.json": json(assessment.controls),
    };
    const files = Object.entries(report).map(([name, content]) => ({ name, content }));
    const oscal = Object.entries(evidenceOscal(assessment, { ...options, files }));
    const contents = { ...report, ...Object.fromEntries(oscal.map(([name, document]) => [name, json(document)])) };
    const paths = writeEvidence(folder, evidence, options);
    assert.deepEqual(
      paths,
      [...Object.keys(contents), "SHA256SUMS"].map((name) => join(folder, name)),
    );
    for (const [name, content] of Object.entries(contents)) assert.equal(text(name), content, name);
  });

  it("have digests beside them, as sha256sum checks them, and the report has its annex's", () => {
    writeEvidence(folder, evidence, options);
    const check = (): number =>
      spawnSync("sha256sum", ["--check", "--strict", "SHA256SUMS"], { cwd: folder }).status ?? -1;
    assert.equal(check(), 0);
    assert.equal(text("SHA256SUMS").trimEnd().split("\n").length, readdirSync(folder).length - 1);
    for (const kind of ["html", "md"])
      assert.ok(text(`report.${kind}`).includes(sha256(text(`report-annex.${kind}`))), kind);
    // What is changed afterwards is found.
    writeFileSync(join(folder, "report.html"), text("report.html").replace("not looked at", "looked at"));
    assert.notEqual(check(), 0);
  });

  it("are replaced, and are of now where no date is given", () => {
    writeEvidence(folder, evidence, options);
    const before = new Date().toISOString().slice(0, 16).replace("T", " ");
    writeEvidence(folder, evidence);
    const after = new Date().toISOString().slice(0, 16).replace("T", " ");
    const [, written = ""] = /\| Written \| (.{16}) UTC by /.exec(text("report.md")) ?? [];
    assert.ok(before <= written && written <= after, written);
    assert.ok(text("report.html").includes(`<td>${written} UTC by `));
    assert.ok(text("oscal-component-definition.json").includes(`"last-modified": "${written.replace(" ", "T")}`));
  });

  it("are not written from another version's evidence", () => {
    assert.throws(() => writeEvidence(folder, { ...evidence, libraryVersion: "0.0.1" }), /but this is/);
    assert.throws(() => text("report.md"), /ENOENT/);
  });
});
