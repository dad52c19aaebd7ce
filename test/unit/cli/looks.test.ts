import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newSshKey } from "../../../lab/scenario/sshKey.js";
import { verifyCommand } from "../../../src/cli/verifyCommand.js";
import { challengeOf } from "../../../src/verify/script.js";
import { signerOf } from "../../../src/verify/signature.js";
import { sampleEvidence } from "../../support/sample.js";
import { answeredBy, runCommand, type Ran } from "./runCommand.js";

describe("verify --extract and verify --patches", () => {
  let folder: string;
  let publicKey: string;
  const at = (name: string): string => join(folder, name);
  const verify = (...more: string[]): Ran => runCommand(verifyCommand(), "--evidence", at("evidence.json"), ...more);
  const period = ["--since", "2026-11-01", "--until", "2026-11-02"];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "looks-"));
    ({ publicKey } = await newSshKey(folder, "ada"));
    writeFileSync(at("evidence.json"), JSON.stringify(sampleEvidence()));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** A script, and what it prints where every command answers so, handed over. */
  const handedOver = (look: readonly string[], stdout: string, ...more: string[]): Ran => {
    const script = verify(...look, "--print-script").said.join("\n");
    const challenge = challengeOf(script);
    assert.ok(challenge);
    writeFileSync(at("script"), script);
    writeFileSync(at("results"), answeredBy(script, challenge, stdout));
    return verify(...look, "--script", at("script"), "--results", at("results"), ...more);
  };

  it("write the extract as JSON and CSV, both signed", () => {
    const line = (second: number, text: string): string =>
      JSON.stringify({ __REALTIME_TIMESTAMP: `${second}000000`, MESSAGE: text });
    const begins = Date.parse("2026-11-01T00:00:00Z") / 1000;
    const said = [line(begins - 1, "x"), line(begins + 1, "Disconnected from user ada 10.0.0.5 port 1")];
    const printed = `${said.join("\n")}\njournalctl ended with 0`;
    const signed = ["--out", at("x.json"), "--sign-with", at("ada")];
    const ran = handedOver(["--target", "cache", "--extract", ...period], printed, ...signed);
    assert.equal(ran.exitCode, 0, ran.said.join("\n"));
    const text = readFileSync(at("x.json"), "utf8");
    const record = JSON.parse(text) as Record<string, unknown>;
    assert.deepEqual(
      [record.kind, record.target, record.since, record.until],
      ["extract", "cache", "2026-11-01T00:00:00.000Z", "2026-11-02T00:00:00.000Z"],
    );
    const csv = readFileSync(at("x.csv"), "utf8");
    assert.match(csv, /^2026-11-01T00:00:01\.000Z,sign-in,sshd,ada,10\.0\.0\.5,signed out\r$/m);
    for (const [path, content] of [
      ["x.json", text],
      ["x.csv", csv],
    ] as const)
      assert.equal(signerOf(at(path), content, [{ name: "ada", sshPublicKey: publicKey }]), "ada");
  });

  it("end with 1 where a journal is not whole, or something is not known", () => {
    assert.equal(handedOver(["--target", "client", "--extract", ...period], "").exitCode, 1);
    const patches = handedOver(["--target", "client", "--patches"], "");
    assert.equal(patches.exitCode, 1);
    assert.match(patches.said.join("\n"), /^Not known: the host has no lists of Debian's security archive/m);
  });

  it("read no results of another period or look", () => {
    handedOver(["--target", "cache", "--extract", ...period], "");
    const handed = ["--script", at("script"), "--results", at("results")];
    for (const look of [["--extract", "--since", "2026-11-01", "--until", "2026-11-03"], ["--patches"], []])
      assert.throws(() => verify("--target", "cache", ...look, ...handed), {
        message: /is not what --print-script prints/,
      });
    assert.ok(verify("--target", "cache", "--extract", ...period, ...handed).said.length > 0);
  });

  it("take the last 31 days where no period is given", () => {
    writeFileSync(at("sh"), `#!/bin/dash\ncat >${at("asked")}\nexit 3\n`);
    chmodSync(at("sh"), 0o755);
    const { PATH = "" } = process.env;
    process.env.PATH = `${folder}:${PATH}`;
    try {
      assert.throws(() => verify("--target", "cache", "--extract"), { message: /sh ended with 3/ });
    } finally {
      process.env.PATH = PATH;
    }
    const [, since = "", until = ""] =
      /--since='(.{19}) UTC' --until='(.{19}) UTC'/.exec(readFileSync(at("asked"), "utf8")) ?? [];
    assert.equal(Date.parse(`${until}Z`) - Date.parse(`${since}Z`), 31 * 86_400_000);
  });

  for (const [what, args, message] of [
    ["of AWS", ["--target", "aws", "--patches"], /look at a host: give --target cache or --target client/],
    [
      "both at once",
      ["--target", "cache", "--patches", "--extract"],
      /'--extract' cannot be used with option '--patches'/,
    ],
    [
      "with attestations",
      ["--target", "cache", "--patches", "--attestations", "x"],
      /cannot be used with option '--attestations/,
    ],
    [
      "a period of the checks",
      ["--target", "cache", "--since", "2026-11-01"],
      /^--since and --until go with --extract/,
    ],
    ["a script of no set period", ["--target", "cache", "--extract", "--print-script"], /needs --since and --until/],
    ["a period that is none", ["--target", "cache", "--extract", "--since", "x"], /^--since: got "x"/],
  ] as const) {
    it(`refuse ${what}`, () => {
      assert.throws(() => verify(...args), { message });
    });
  }
});
