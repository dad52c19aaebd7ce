import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execaSync } from "execa";
import { repositoryRoot } from "../../../lab/stateFolder.js";
import { engineProgram, engines } from "../../../src/plan/engine.js";
import { operatingSystems, releases } from "../../../src/plan/operatingSystem.js";
import { lastSecurityFix } from "../../../src/plan/serverVersions.js";

const served = operatingSystems.flatMap((operatingSystem) =>
  engines.flatMap((engine) =>
    engineProgram(engine).versions[operatingSystem] === undefined ? [] : [{ operatingSystem, engine }],
  ),
);

describe("the last security fix of a server", () => {
  for (const one of served)
    it(`is known for ${one.engine} on ${one.operatingSystem}: package, version, day, CVEs and source`, () => {
      const { packageName, version, date, cves, source } = lastSecurityFix(one);
      assert.equal(execaSync("dpkg", ["--validate-version", version], { reject: false }).exitCode, 0, version);
      assert.ok(version.includes(one.operatingSystem === "debian-12" ? "deb12u" : "deb13u"), version);
      assert.equal(new Date(date).toISOString().slice(0, 10), date);
      for (const cve of cves) assert.match(cve, /^CVE-20\d\d-\d{4,}$/);
      assert.equal(packageName, `${one.engine}-tools`);
      assert.match(source, /changelog/);
    });

  it("is in docs/operating.md, of each that there is", () => {
    const page = readFileSync(join(repositoryRoot, "docs/operating.md"), "utf8");
    const rows = [...page.matchAll(/^\| (Debian \d+), (\w+) +\| `(\S+)` +\| (\S+): (.*?) +\|$/gm)].map(
      ([, ...cells]) => cells,
    );
    const planned = served.map((one) => {
      const { version, date, cves } = lastSecurityFix(one);
      return [releases[one.operatingSystem].title, engineProgram(one.engine).title, version, date, cves.join(", ")];
    });
    assert.deepEqual(rows, planned);
  });

  it("is refused for what Debian 12 has no package of", () => {
    assert.throws(() => lastSecurityFix({ operatingSystem: "debian-12", engine: "valkey" }), /debian-12/);
  });
});
