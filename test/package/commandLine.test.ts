import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa, type Result } from "execa";
import { newSshKey } from "../../lab/scenario/sshKey.js";
import type { Evidence } from "../../src/evidence/evidence.js";
import { newChallenge } from "../../src/verify/challenge.js";
import { checkScript, resultsHeader } from "../../src/verify/script.js";
import { targetChecks } from "../../src/verify/verification.js";
import { commandLine } from "../support/commandLine.js";
import { sampleEvidence } from "../support/sample.js";
import { scriptHere } from "../support/scriptHere.js";
import { hosts } from "../unit/evidence/heldRecord.js";

const [program, ...programArgs] = commandLine;

describe("the command line", () => {
  let folder: string;
  let evidence: string;
  const at = (name: string): string => join(folder, name);
  const run = (...args: string[]): Promise<Result> => execa(program, [...programArgs, ...args], { reject: false });

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "hipaa-redis-cli-"));
    const { publicKey } = await newSshKey(folder, "ada");
    await newSshKey(folder, "eve");
    evidence = at("evidence.json");
    const file = sampleEvidence({ operators: [{ name: "ada", sshPublicKey: publicKey }] });
    writeFileSync(evidence, JSON.stringify(file));
    const { results, script } = await resultsOfNothing(file);
    writeFileSync(at("results"), results);
    writeFileSync(at("script"), script);
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const handedOver = (): string[] => ["--results", at("results"), "--script", at("script")];
  const judge = (...more: string[]): Promise<Result> =>
    run("verify", "--target", "cache", "--evidence", evidence, ...handedOver(), ...more);

  it("ends with 1 when there are findings, and names them", async () => {
    const { exitCode, stdout } = await judge();
    assert.equal(exitCode, 1);
    assert.match(String(stdout), /findings?: .*live-configuration/);
  });

  it("writes a record that an operator has signed; one that was changed, or that a stranger signed, is refused", async () => {
    const record = at("record.json");
    assert.equal((await judge("--out", record, "--sign-with", at("ada"))).exitCode, 1);
    assert.match(readFileSync(`${record}.sig`, "utf8"), /^-----BEGIN SSH SIGNATURE-----/);
    const signature = (): Promise<Result> => run("signature", record, "--evidence", evidence);
    const { exitCode, stdout } = await signature();
    assert.equal(exitCode, 0);
    assert.match(String(stdout), /signed by ada; cache sessions, target cache, .*; findings: .*live-configuration/);
    assert.doesNotMatch(String(stdout), /does not count/);

    const text = readFileSync(record, "utf8");
    writeFileSync(record, text.replace(/"findings": \[[^\]]*\]/, '"findings": []'));
    const forged = await signature();
    assert.equal(forged.exitCode, 2);
    assert.match(
      String(forged.stderr),
      /its signature is not that of a key that may sign, for the file as it is now \(who may: ada\)/,
    );

    await judge("--out", record, "--sign-with", at("eve"));
    assert.equal((await signature()).exitCode, 2);
  });

  it("asks people for what no command sees, once there are attestations", async () => {
    writeFileSync(at("none.json"), "[]");
    const without = await judge();
    assert.match(String(without.stdout), /Not looked at from here: .*multi-factor/);
    const { stdout } = await judge("--attestations", at("none.json"));
    assert.match(String(stdout), /Finding: multi-factor: .*\n.*\n.*\n {4}found: nobody has/);
  });

  it("writes the report, which says when somebody has looked and what they found", async () => {
    const report = (...more: string[]): Promise<Result> =>
      run("report", "--evidence", evidence, "--folder", at("report"), ...more);
    const text = (): string => readFileSync(join(at("report"), "report.md"), "utf8");
    assert.equal((await report()).exitCode, 0);
    assert.match(text(), /\| Verified \| designed; nothing verified: /);

    const record = at("looked.json");
    await judge("--out", record, "--sign-with", at("ada"));
    assert.equal((await report("--verification", record, "--verification", record)).exitCode, 0);
    assert.doesNotMatch(text(), /\| designed; nothing verified: |Not counted/);
    assert.match(text(), /✗ not met\. Designed: yes\. .*\n\nNot so on .+: CONFIG is gone \(found: nothing\)/);
    // Given twice, it counts once.
    assert.equal(text().match(/^\| \S+ \S+ UTC \| .*Redis can.t be reconfigured/gm)?.length, 1);

    await judge("--out", record, "--sign-with", at("eve"));
    assert.equal((await report("--verification", record)).exitCode, 0);
    assert.match(
      text(),
      /\| Verified \| designed; nothing verified: .*\n\| Not counted \| \S+looked\.json: its signature /,
    );

    const none = await report("--verification", evidence);
    assert.equal(none.exitCode, 2);
    assert.match(
      String(none.stderr),
      /--verification: \S+ is no record that `verify --out` of this version has written/,
    );
  });

  for (const [what, args, message] of [
    ["no target", ["verify", "--evidence", "x"], /--target: give cache, client, aws/],
    ["a target that there isn't", ["verify", "--target", "node", "--evidence", "x"], /choices are cache, client, aws/],
    ["no evidence", ["verify", "--target", "cache"], /required option '--evidence/],
    [
      "an evidence that isn't there",
      ["verify", "--target", "cache", "--evidence", "/nowhere"],
      /--evidence: \/nowhere could not be read/,
    ],
    [
      "a record without a key",
      ["verify", "--target", "cache", "--evidence", "x", "--out", "y"],
      /--out and --sign-with go together/,
    ],
    [
      "AWS by SSH",
      ["verify", "--target", "aws", "--evidence", "x", "--ssh", "ada@host"],
      /--ssh: the checks of the target aws/,
    ],
    [
      "a script and results",
      ["verify", "--target", "cache", "--evidence", "x", "--print-script", "--results", "y"],
      /cannot be used with/,
    ],
    ["an unknown command", ["frobnicate"], /unknown command/],
  ] as const) {
    it(`refuses ${what} with 2, and says what to give`, async () => {
      const { exitCode, stderr } = await run(...args);
      assert.equal(exitCode, 2);
      assert.match(String(stderr), message);
    });
  }

  it("takes no destination for an option of ssh", async () => {
    const { exitCode, stderr } = await run(
      "verify",
      "--target",
      "cache",
      "--evidence",
      evidence,
      "--ssh=-oProxyCommand=id",
    );
    assert.equal(exitCode, 2);
    assert.match(String(stderr), /Give a destination as ssh\(1\) takes it/);
  });
});

/** What the script prints on a host whose every command prints nothing. */
async function resultsOfNothing(evidence: Evidence): Promise<{ results: string; script: string }> {
  const { commands } = targetChecks(evidence, "cache");
  const nothing = commands.map(() => "true");
  const challenge = newChallenge();
  const { stdout } = await execa("sh", ["-s"], { input: scriptHere(nothing, challenge, `echo ${hosts.cache}`) });
  const [before, after] = [nothing, commands].map((asked) => resultsHeader(asked, challenge));
  assert.ok(before !== undefined && after !== undefined);
  return {
    results: stdout.replace(before, after),
    script: checkScript("cache", commands, challenge),
  };
}
