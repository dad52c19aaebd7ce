import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifyCommand } from "../../../src/cli/verifyCommand.js";
import { sampleEvidence } from "../../support/sample.js";
import { resultsOf, runCommand, scriptOf, type Ran } from "./runCommand.js";

describe("the command verify refuses", () => {
  const folder = mkdtempSync(join(tmpdir(), "verify-refusals-"));
  const script = join(folder, "script");
  const evidence = (): string => join(folder, "evidence.json");
  const verify = (target: string, ...more: string[]): Ran =>
    runCommand(verifyCommand(), "--target", target, "--evidence", evidence(), ...more);

  before(() => {
    writeFileSync(script, scriptOf("cache").script);
    writeFileSync(evidence(), JSON.stringify(sampleEvidence()));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const handedOver = (results: string): string[] => ["--results", results, "--script", script];
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
    [
      "results without the script that has printed them",
      ["--results", "x"],
      "--results and --script go together: the script tells which run the results are of.",
    ],
    [
      "a script without its results",
      ["--script", "x"],
      "--results and --script go together: the script tells which run the results are of.",
    ],
    ...["--ssh", "--results", "--script", "--out", "--attestations"].map((option): [string, string[], RegExp] => [
      `a script together with ${option}`,
      ["--print-script", option, "x"],
      new RegExp(`'--print-script' cannot be used with option '${option}`),
    ]),
    ["an option that there isn't", ["--frobnicate"], /unknown option '--frobnicate'/],
    ["results that are none", handedOver("/nowhere"), /^--results: \/nowhere could not be read: ENOENT/],
    [
      "attestations that are none",
      [...handedOver("/dev/null"), "--attestations", "/nowhere"],
      /^--attestations: \/nowhere could not be read/,
    ],
  ];
  for (const [what, args, message] of refusals) {
    it(what, () => {
      assert.throws(() => verify("cache", ...args), { message });
      assert.ok(!existsSync("x"));
    });
  }

  it("results that are another run's, and a script that is not, to the byte, one of these checks", () => {
    const { challenge, script: own } = scriptOf("cache");
    const results = join(folder, "results");
    writeFileSync(
      results,
      resultsOf("cache", challenge, ({ holds }) => holds),
    );
    const judge = (text: string): Ran => {
      writeFileSync(script, text);
      return verify("cache", "--results", results, "--script", script);
    };
    assert.match(judge(own).said.at(-1) ?? "", /^No findings/);
    assert.throws(() => judge(scriptOf("cache").script), { message: /^These are results of another run/ });
    const none = `--script: ${script} is not what --print-script prints for the target cache of this cache, with this version of the library.`;
    for (const text of [
      "",
      own.slice(0, -1),
      own.replace(/challenge ./, "challenge g"),
      own.replace(/Printed \d{4}/, "Printed year"),
      own.replace("echo", "true; echo"),
      scriptOf("client").script,
    ])
      assert.throws(() => judge(text), { message: none });
  });

  it("AWS by ssh, a target that there isn't, and none", () => {
    assert.throws(() => verify("aws", "--ssh", "host"), {
      message: "--ssh: the checks of the target aws run where the AWS CLI has its credentials, not on a host.",
    });
    assert.throws(() => verify("node"), { message: /Allowed choices are cache, client, aws/ });
    assert.throws(() => runCommand(verifyCommand(), "--evidence", "x"), {
      message: /^--target: give cache, client, aws; or --all/,
    });
    assert.throws(() => runCommand(verifyCommand(), "--target", "aws"), {
      message: /required option '--evidence <file>'/,
    });
  });
});
