import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execaSync } from "execa";
import { ensureDebianPackages } from "../../lab/prerequisites.js";
import { hostPaths } from "../../src/host/hostPaths.js";
import { newChallenge } from "../../src/verify/challenge.js";
import { checkScript } from "../../src/verify/script.js";
import { readResults } from "../../src/verify/scriptResults.js";
import { targetChecks } from "../../src/verify/verification.js";
import { sampleEvidence } from "../support/sample.js";

/** SC2016: what is in single quotes is for a shell inside. */
const shellcheck = ["--exclude=SC2016", "--shell=sh", "-"];

describe("the commands of checks", () => {
  before(() => ensureDebianPackages(["shellcheck"]));

  for (const target of ["cache", "client", "aws"] as const) {
    it(`are sound to shellcheck, each and as a script: ${target}`, () => {
      const { commands } = targetChecks(sampleEvidence(), target);
      assert.ok(commands.length > 10, `only ${commands.length}`);
      for (const input of [checkScript(target, commands, newChallenge()), ...commands])
        execaSync("shellcheck", shellcheck, { input });
    });
  }

  it("only listen to a server that may refuse them: the reset behind an alert hides it from who writes", () => {
    const { commands } = targetChecks(sampleEvidence(), "client");
    // With the host's own certificate they are admitted.
    const callers = commands.filter(
      (command) => command.includes("s_client") && !command.includes(hostPaths.certificate),
    );
    assert.ok(callers.length > 0);
    for (const command of callers) assert.match(command, /(^|&& |\{ )timeout 10 openssl s_client [^|]*<\/dev\/null/);
  });

  describe("in a folder with a Python module of somebody else's", () => {
    let folder: string;
    before(() => {
      folder = mkdtempSync(join(tmpdir(), "module-"));
      for (const name of ["yaml", "json"]) writeFileSync(join(folder, `${name}.py`), 'print("somebody else\'s")');
    });
    after(() => {
      rmSync(folder, { recursive: true });
    });
    const python = targetChecks(sampleEvidence(), "cache").commands.filter((command) => command.includes("python"));

    it("load none of it, wherever they are called", () => {
      assert.ok(python.length > 0);
      for (const command of python)
        assert.doesNotMatch(execaSync("sh", ["-c", command], { cwd: folder, reject: false }).stdout, /somebody/);
      // The control case: Python would.
      assert.match(execaSync("python3", ["-c", "import json"], { cwd: folder }).stdout, /somebody else's/);
    });

    it("are in another one, with the script", () => {
      const commands = ["python3 -c 'import json'", "pwd"];
      // Whoever runs the tests may not be root.
      const challenge = newChallenge();
      const input = checkScript("cache", commands, challenge).replace("-eq 0", "-ge 0");
      const { stdout } = execaSync("sh", ["-s"], { input, cwd: folder });
      assert.deepEqual(readResults(commands, challenge, stdout).results, [
        { exitCode: 0, stdout: "" },
        { exitCode: 0, stdout: "/" },
      ]);
    });
  });
});
