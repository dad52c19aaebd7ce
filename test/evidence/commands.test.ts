import assert from "node:assert/strict";
import { execaSync } from "execa";
import { ensureDebianPackages } from "../../lab/prerequisites.js";
import { checkScript } from "../../src/verify/script.js";
import { roleChecks } from "../../src/verify/verification.js";
import { sampleEvidence } from "../support/sample.js";

/** SC2016: what is in single quotes is for a shell inside. */
const shellcheck = ["--exclude=SC2016", "--shell=sh", "-"];

describe("the commands of checks", () => {
  before(() => ensureDebianPackages(["shellcheck"]));

  for (const role of ["cache", "client", "aws"] as const) {
    it(`are sound to shellcheck, each and as a script: ${role}`, () => {
      const { commands } = roleChecks(sampleEvidence(), role);
      assert.ok(commands.length > 10, `only ${commands.length}`);
      for (const input of [checkScript(role, commands), ...commands])
        execaSync("shellcheck", shellcheck, { input });
    });
  }

  it("only listen to a server that may refuse them: the reset behind an alert hides it from who writes", () => {
    const { commands } = roleChecks(sampleEvidence(), "client");
    const callers = commands.filter((command) => command.includes("s_client"));
    assert.ok(callers.length > 0);
    for (const command of callers) assert.match(command, /^timeout 10 openssl s_client [^|]*<\/dev\/null/);
  });
});
