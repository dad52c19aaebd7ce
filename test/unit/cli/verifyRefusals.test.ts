import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifyCommand } from "../../../src/cli/verifyCommand.js";
import { sampleEvidence } from "../../support/sample.js";
import { runCommand, type Ran } from "./runCommand.js";

describe("the command verify refuses", () => {
  let folder: string;
  const evidence = (): string => join(folder, "evidence.json");
  const verify = (role: string, ...more: string[]): Ran =>
    runCommand(verifyCommand(), "--role", role, "--evidence", evidence(), ...more);

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "verify-refusals-"));
    writeFileSync(evidence(), JSON.stringify(sampleEvidence()));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const refusals: readonly [string, string[], string | RegExp][] = [
    [
      "a record that nobody signs",
      ["--out", "x"],
      "--out and --sign-with go together: a record that nobody has signed proves nothing.",
    ],
    [
      "a signature of nothing",
      ["--sign-with", "x"],
      "--out and --sign-with go together: a record that nobody has signed proves nothing.",
    ],
    [
      "results of a host that it signs in to",
      ["--results", "x", "--ssh", "y"],
      /'--results <file>' cannot be used with option '--ssh/,
    ],
    ...["--ssh", "--results", "--out", "--attestations"].map((option): [string, string[], RegExp] => [
      `a script together with ${option}`,
      ["--print-script", option, "x"],
      new RegExp(`'--print-script' cannot be used with option '${option}`),
    ]),
    ["an option that there isn't", ["--frobnicate"], /unknown option '--frobnicate'/],
    ["results that are none", ["--results", "/nowhere"], /^--results: \/nowhere could not be read: ENOENT/],
    [
      "attestations that are none",
      ["--results", "/dev/null", "--attestations", "/nowhere"],
      /^--attestations: \/nowhere could not be read/,
    ],
  ];
  for (const [what, args, message] of refusals) {
    it(what, () => {
      assert.throws(() => verify("cache", ...args), { message });
      assert.ok(!existsSync("x"));
    });
  }

  it("AWS by ssh, a role that there isn't, and none", () => {
    assert.throws(() => verify("aws", "--ssh", "host"), {
      message: "--ssh: the checks of the role aws run where the AWS CLI has its credentials, not on a host.",
    });
    assert.throws(() => verify("node"), { message: /Allowed choices are cache, client, aws/ });
    assert.throws(() => runCommand(verifyCommand(), "--evidence", "x"), {
      message: /required option '--role <role>'/,
    });
    assert.throws(() => runCommand(verifyCommand(), "--role", "aws"), {
      message: /required option '--evidence <file>'/,
    });
  });
});
