import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execaSync } from "execa";
import type { CommandResult } from "../../../src/evidence/check.js";
import { newChallenge } from "../../../src/verify/challenge.js";
import { checkScript } from "../../../src/verify/script.js";
import { readResults } from "../../../src/verify/scriptResults.js";
import { verificationText } from "../../../src/verify/table.js";
import type { VerificationRecord } from "../../../src/evidence/record.js";
import { targetChecks, verification } from "../../../src/verify/verification.js";
import { sampleEvidence } from "../../support/sample.js";
import { scriptHere } from "../../support/scriptHere.js";
import { about } from "./judged.js";

const challenge = newChallenge();

/** Runs the script of commands on this machine. */
function run(commands: readonly string[]): readonly (CommandResult | undefined)[] {
  const { stdout } = execaSync("sh", ["-s"], { input: scriptHere(commands, challenge) });
  return readResults(commands, challenge, stdout).results;
}

describe("the script of verify", () => {
  it("brings back what each command printed and how it ended", () => {
    assert.deepEqual(run(["echo one; echo two", "exit 3", "no-such-program", "cat", "printf 'ä\\tb'"]), [
      { exitCode: 0, stdout: "one\ntwo" },
      { exitCode: 3, stdout: "" },
      { exitCode: 127, stdout: "" },
      // Nothing to read: not the rest of the script.
      { exitCode: 0, stdout: "" },
      { exitCode: 0, stdout: "ä\tb" },
    ]);
  });

  it("does not end with a command that ends its own shell, or sets anything for the next", () => {
    const [, after] = run(["cd /; x=1; exit 0", 'echo "[$x] $(pwd)"']);
    assert.equal(after?.stdout, `[] ${process.cwd()}`);
  });

  it("asks AWS several questions at a time, and mixes no answers however long", () => {
    const folder = mkdtempSync(join(tmpdir(), "verify-script-"));
    try {
      const pipe = join(folder, "pipe");
      execaSync("mkfifo", [pipe]);
      const long = (letter: string): string => `printf '%0100000d' 0 | tr 0 ${letter}`;
      const results = run([`cat ${pipe}`, `echo met >${pipe}`, ..."abcdefghij".split("").map(long)]);
      assert.deepEqual(results.slice(0, 2), [
        { exitCode: 0, stdout: "met" },
        { exitCode: 0, stdout: "" },
      ]);
      assert.deepEqual(
        results.slice(2).map((result) => result?.stdout),
        "abcdefghij".split("").map((letter) => letter.repeat(100_000)),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("takes no command of more than one line", () => {
    assert.throws(() => checkScript("cache", ["echo\nEND_OF_CHECK\nrm -rf /"], challenge), /more than one line/);
  });

  it("has results that are refused when they are another script's, cut off, changed, or none", () => {
    const commands = ["echo one", "echo two"];
    const { stdout } = execaSync("sh", ["-s"], { input: scriptHere(commands, challenge) });
    assert.equal(readResults(commands, challenge, `motd\n${stdout}`).results.length, 2);
    assert.throws(
      () => readResults(["echo one"], challenge, stdout),
      /another cache, another target or another version/,
    );
    assert.throws(() => readResults(commands, challenge, stdout.slice(0, -20)), /cut off/);
    assert.throws(() => readResults(commands, challenge, "permission denied"), /not the output of a script/);
  });
});

describe("a verification", () => {
  const checks = targetChecks(sampleEvidence(), "cache");
  const judged = (results: readonly (CommandResult | undefined)[]): VerificationRecord =>
    verification(checks, results, about);
  const nothing = { exitCode: 0, stdout: "" };

  it("never passes what it was not told", () => {
    for (const results of [[], checks.commands.map(() => undefined)]) {
      const { controls, findings } = judged(results);
      const looked = controls.filter(({ status }) => status !== "not looked at");
      assert.deepEqual(
        findings,
        looked.map(({ id }) => id),
      );
      assert.ok(looked.length > 15);
    }
  });

  it("finds whatever could not be run: a program that is missing, a command that hangs", () => {
    for (const exitCode of [124, 126, 127, 137]) {
      const { controls } = judged(checks.commands.map(() => ({ ...nothing, exitCode })));
      assert.ok(controls.every(({ status }) => status !== "holds"));
    }
  });

  it("says what was found, cut short, and what was expected", () => {
    const { controls } = judged(checks.commands.map(() => ({ exitCode: 0, stdout: "x".repeat(5000) })));
    for (const { found, expected } of controls.flatMap((control) => control.checks)) {
      assert.ok(found.length < 500);
      assert.notEqual(expected, "");
    }
  });

  it("has every control, and tells apart those that can't be looked at from here", () => {
    const { controls } = judged([]);
    assert.equal(controls.find(({ id }) => id === "multi-factor")?.status, "not looked at");
    assert.equal(controls.find(({ id }) => id === "live-configuration")?.status, "finding");
  });

  it("reads as a table with every finding in full, and names planned deviations", () => {
    const weak = targetChecks(sampleEvidence({ allowScripting: true }), "cache");
    const text = verificationText(
      verification(
        weak,
        weak.commands.map(() => nothing),
        about,
      ),
    );
    assert.match(text, /Planned, but weaker than the default: allowScripting/);
    assert.match(
      text,
      /Finding: live-configuration: .*\(45 CFR 164\.312\(a\)\(1\)\)\n {2}Not so: CONFIG is gone\n {4}expected: prints `/,
    );
    assert.match(text, /\d+ findings?: .*live-configuration/);
    assert.match(text, /Not looked at from here: .*multi-factor/);
  });

  it("prints no finding where there is none", () => {
    const { assessment } = checks;
    const none = {
      assessment: { ...assessment, controls: assessment.controls.filter(({ id }) => id === "multi-factor") },
    };
    assert.match(verificationText(verification({ ...checks, ...none }, [], about)), /No findings/);
  });
});
