import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import {
  assess,
  evidenceAnnexMarkdown,
  evidenceHtml,
  evidenceMarkdown,
  evidenceNetworkMap,
  writeEvidence,
} from "../../../src/evidence/index.js";
import { reportFiles } from "../../support/reportFiles.js";
import { sampleEvidence } from "../../support/sample.js";

const date = new Date("2026-11-22T01:02:03Z");

describe("the report", () => {
  it("begins with title, scope, date, version, map and summary", () => {
    const markdown = evidenceMarkdown(assess(sampleEvidence()), { date });
    const order = ["# Security of", "What it covers", "2026-11-22 01:02 UTC", "pulumi-hipaa-redis 0.1.0"];
    order.push("![Network map]", "## Summary", "## Network", "Deviations\n", "## Verification", "Technical safeguards");
    order.push("## Other safeguards", "Controls\n", "Approval\n");
    const places = order.map((words) => markdown.indexOf(words));
    assert.ok(!places.includes(-1), JSON.stringify(places));
    assert.deepEqual(
      [...places].sort((a, b) => a - b),
      places,
    );
  });

  it("names flows, deviations, certificates' ends, packages with versions and assets", () => {
    const assessment = assess(sampleEvidence({ allowScripting: true }));
    const options = { date, packageVersions: { haproxy: "2.6.12-1+deb12u3" } };
    const markdown = evidenceMarkdown(assessment, options) + evidenceAnnexMarkdown(assessment, options);
    const lines = [
      "| Redis | Application hosts reach Redis through the tunnel | to the node | TCP 6379 | 10.0.16.0/20 | none named |",
      "| R1 | `allowScripting` | EVAL, EVALSHA, SCRIPT open |",
      "| sessions-ca-1 | 2026-11-01T00:00:00Z | 2027-01-30T00:00:00Z |",
      "| `haproxy` | 2.6.12-1+deb12u3 |",
      "| `redis-server` | not looked at |",
      "| node | sessions-0 | `i-0123456789abcdef0` | 10.0.0.100 |",
      "| operator | ada | `SSH key SHA256:",
    ];
    for (const line of lines) assert.ok(markdown.includes(line), line);
  });

  it("says the same in HTML, which needs no other file and runs no script", () => {
    const html = evidenceHtml(assess(sampleEvidence()), { date });
    assert.match(html, /<title>Security of the Redis cache “sessions”<\/title>/);
    assert.doesNotMatch(html, /<script|<link|<img|src=|@import|url\(http/);
    assert.match(html, /<svg class="network-map"/);
  });

  it("draws a box and an arrow for each flow, one for all of Amazon's own, and none that is not there", () => {
    const arrows = (change: object): number =>
      evidenceNetworkMap(assess(sampleEvidence(change))).match(/<path class="flow"/g)?.length ?? 0;
    assert.equal(arrows({}), 4);
    assert.equal(arrows({ operators: [], bastionCidrBlocks: [] }), 3);
  });

  it("takes what users name as text, never as markup", () => {
    const evidence = sampleEvidence();
    const strange = { ...evidence, deployed: { ...evidence.deployed, vpcId: '<b onload="x">|*' } };
    assert.ok(!evidenceHtml(assess(strange)).includes("<b onload"));
    assert.ok(evidenceHtml(assess(strange)).includes("&lt;b onload=&quot;x&quot;&gt;"));
    assert.ok(evidenceMarkdown(assess(strange)).includes(String.raw`&lt;b onload="x"&gt;&#124;\*`));
  });

  it("is written as files, all of one moment", () => {
    const folder = mkdtempSync(join(tmpdir(), "hipaa-redis-evidence-"));
    try {
      const files = writeEvidence(join(folder, "report"), sampleEvidence(), { date });
      assert.deepEqual(
        files.map((file) => basename(file)),
        [...reportFiles],
      );
      for (const file of files) assert.ok(readFileSync(file, "utf8").length > 900, file);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
