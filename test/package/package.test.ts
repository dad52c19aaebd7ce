import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa, type Result } from "execa";
import { repositoryRoot } from "../../lab/stateFolder.js";
import { libraryOscal } from "../../src/evidence/oscal/componentDefinition.js";
import { seenAsRootsOwn } from "../support/commandLine.js";
import { sampleEvidence } from "../support/sample.js";
import { lockedPeers, packedProject, projectBeside, type Project } from "./project.js";

describe("the packed tarball, in an empty project", () => {
  let project: Project;
  let folder: string;
  const run: Project["run"] = (...command) => project.run(...command);

  before(async () => {
    project = await packedProject();
    folder = project.folder;
  });

  it("holds what users need and nothing else", async () => {
    const { stdout } = await execa("tar", ["-tzf", join(folder, project.tarball)]);
    const files = stdout.split("\n").map((line) => line.replace(/^package\//, ""));
    const strange = files.filter((file) => !/^(dist\/|package\.json$|README\.md$|CHANGELOG\.md$|LICENSE$)/.test(file));
    assert.deepEqual(strange, []);
    for (const file of ["dist/index.js", "dist/index.d.ts", "dist/host/scripts/refresh-secret.sh", "LICENSE"]) {
      assert.ok(files.includes(file), file);
    }
  });

  it("holds the library's OSCAL component definition, and lets tools find it", async () => {
    const script = 'console.log(JSON.stringify(require("pulumi-hipaa-redis/oscal-component-definition.json")))';
    const { exitCode, stdout, stderr } = await run("node", "-e", script);
    assert.equal(exitCode, 0, String(stderr));
    const held = JSON.parse(String(stdout)) as {
      "component-definition": { metadata: { "last-modified": string; version: string } };
    };
    const { "last-modified": made, version } = held["component-definition"].metadata;
    assert.equal(version, sampleEvidence().libraryVersion);
    assert.deepEqual(held, JSON.parse(JSON.stringify(libraryOscal({ date: new Date(made) }))));
  });

  it("brings no Pulumi to an application that only connects", () => {
    const installed = readdirSync(join(folder, "node_modules"));
    assert.ok(installed.includes("pulumi-hipaa-redis"));
    assert.ok(!installed.includes("@pulumi"));
  });

  it("has a command line that needs no Pulumi", async () => {
    writeFileSync(join(folder, "evidence.json"), JSON.stringify(sampleEvidence()));
    // It refuses to run as root below a folder of everybody's, as this one is.
    const command = (...args: string[]): Promise<Result> =>
      run(...seenAsRootsOwn(folder, ["npx", "--no", "pulumi-hipaa-redis", ...args]));
    const report = await command("report", "--evidence", "evidence.json", "--folder", "report");
    assert.equal(report.exitCode, 0, String(report.stderr));
    assert.ok(readdirSync(join(folder, "report")).includes("report.html"));
    const verify = await command("verify", "--target", "cache", "--evidence", "evidence.json", "--print-script");
    assert.match(String(verify.stdout), /^#!\/bin\/sh\n/);
    // The control case: it refuses what is none.
    assert.equal((await command("verify")).exitCode, 2);
  });

  describe("beside its peers", () => {
    before(async () => {
      project = await projectBeside(lockedPeers());
    });

    it("is there for require and for import, with the same names", async () => {
      const names = "HipaaNetwork,HipaaRedisCache,HipaaRedisClient,InvalidArgumentsError,imageCloudConfig";
      const evidence =
        "assess,evidenceAnnexHtml,evidenceAnnexMarkdown,evidenceHtml,evidenceMarkdown,evidenceNetworkMap,evidenceOscal,evidenceSheets,libraryOscal,openItems,writeEvidence,writeSheets";
      for (const file of ["required.cjs", "imported.mjs"]) {
        const { exitCode, stdout, stderr } = await run("node", file);
        assert.equal(exitCode, 0, String(stderr));
        assert.equal(stdout, `${names}\nasCluster,connect,patient\n${evidence}\nhipaaRedisPolicies`);
      }
    });

    it("keeps its internals to itself", async () => {
      const { exitCode, stderr } = await run("node", "-e", 'require("pulumi-hipaa-redis/dist/plan/flows.js")');
      assert.notEqual(exitCode, 0);
      assert.match(String(stderr), /ERR_PACKAGE_PATH_NOT_EXPORTED/);
    });

    // TypeScript 7 knows node10 no more.
    for (const [compiler, ...options] of [
      ["typescript-7", "--module", "nodenext", "--moduleResolution", "nodenext"],
      ["typescript", "--module", "commonjs", "--moduleResolution", "node10", "--ignoreDeprecations", "6.0"],
      ["typescript-7", "--module", "esnext", "--moduleResolution", "bundler"],
    ] as const) {
      it(`type-checks a program with ${options.slice(0, 4).join(" ")}, and refuses wrong ones`, async () => {
        const tsc = join(repositoryRoot, "node_modules", compiler, "bin/tsc");
        const common = ["--strict", "--noEmit", "--skipLibCheck", "--target", "es2022"];
        // Both at once: the types of the peers are most of the work.
        const { stdout } = await run("node", tsc, ...common, ...options, "right.ts", "wrong.ts");
        const errors = String(stdout)
          .split("\n")
          .filter((line) => line.includes("error TS"));
        assert.deepEqual(
          errors.map((error) => error.split(",")[0]),
          [8, 10, 12, 14, 16].map((line) => `wrong.ts(${line}`),
          String(stdout),
        );
      });
    }
  });
});
