import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newSshKey } from "../../../lab/scenario/sshKey.js";
import { verifyCommand } from "../../../src/cli/verifyCommand.js";
import { challengeOf, checkScript } from "../../../src/verify/script.js";
import { evidenceDigest } from "../../../src/evidence/digest.js";
import type { Target } from "../../../src/evidence/target.js";
import type { VerificationRecord } from "../../../src/evidence/record.js";
import { targetChecks } from "../../../src/verify/verification.js";
import { asked } from "../verify/answers/questions.js";
import { optionsOf, resultsOf, runCommand, scriptOf, type Ran } from "./runCommand.js";

const nothing = () => ({ exitCode: 0, stdout: "" });

describe("the command verify", () => {
  let folder: string;
  /** What a stand-in for sh(1) does: it keeps the script, and brings no results but when and where. */
  let answering: string;
  const { evidence } = asked;
  const text = JSON.stringify(evidence);
  const at = (name: string): string => join(folder, name);
  const verify = (target: string, ...more: string[]): Ran =>
    runCommand(verifyCommand(), "--target", target, "--evidence", at("evidence.json"), ...more);
  const judge = (...more: string[]): Ran =>
    verify("cache", "--results", at("results"), "--script", at("script"), ...more);
  /** A script and its results, in files. */
  const handOver = (target: Target, answer: Parameters<typeof resultsOf>[2]): void => {
    const { challenge, script } = scriptOf(target);
    writeFileSync(at("script"), script);
    writeFileSync(at("results"), resultsOf(target, challenge, answer));
  };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "verify-command-"));
    answering = [
      `cat >${at("asked")}`,
      `sed -n "s/^echo '\\(pulumi.*\\)'$/\\1/p" ${at("asked")}`,
      `echo "at $(date +%s) $(echo a host | base64)" | gzip | base64`,
      "",
    ].join("\n");
    await newSshKey(folder, "ada");
    writeFileSync(at("evidence.json"), text);
    handOver("cache", nothing);
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("takes these options", () => {
    const command = verifyCommand();
    assert.equal(command.name(), "verify");
    assert.equal(
      command.description(),
      "Runs the checks of every control on a running host, or in AWS, and compares with what was planned. It changes nothing and prints no secret. Exit code 0: no findings; 1: findings; 2: it could not be done.",
    );
    assert.deepEqual(optionsOf(command), [
      [
        "--target <target>",
        false,
        "what is looked at: a cache node, an app host (client), or the AWS account; needed but for --all and --check-bundle",
      ],
      ["--evidence <file>", true, "what `pulumi stack output evidence --json` prints; - for standard input"],
      [
        "--ssh <destination>",
        false,
        "sign in to the host with ssh, and use sudo there; by default the checks run on this machine",
      ],
      [
        "--ssh-option <option>",
        false,
        "an option of ssh_config(5) for that, such as ProxyJump=ada@bastion; may be repeated",
      ],
      [
        "--print-script",
        false,
        "print a script for sh(1) that runs the checks, for another way to the host; keep it for --script",
      ],
      [
        "--results <file>",
        false,
        "judge what that script has printed within the last day; - for standard input; needs --script",
      ],
      ["--script <file>", false, "the script that has printed these results, as --print-script printed it"],
      [
        "--attestations <file>",
        false,
        "attestations by people, JSON or YAML in the form of `saf attest`; what nobody has attested is then a finding",
      ],
      [
        "--extract",
        false,
        "instead of the checks: what the journals of a host tell of a period (sign-ins, sudo, refusals, failures), as JSON and, beside it, CSV",
      ],
      [
        "--since <date>",
        false,
        "where that period begins, such as 2026-11-01 or 2026-11-01T08:00:00Z; by default 31 days before its end",
      ],
      ["--until <date>", false, "where it ends; by default now"],
      [
        "--patches",
        false,
        "instead of the checks: the versions of a host's packages, and the security updates that wait, with their ages",
      ],
      ["--out <file>", false, "write the record to this file, as JSON; needs --sign-with"],
      [
        "--sign-with <key>",
        false,
        "sign the record with this SSH key, as an operator of the cache or another who may (report --signer); needs --out",
      ],
      [
        "--all",
        false,
        "look at all that --host names (checks, extract and patches of hosts), and write one signed bundle to the folder --out",
      ],
      [
        "--host <target=destination>",
        false,
        "for --all: cache=<destination>, client=<destination> as ssh(1) takes it, or aws; may be repeated",
      ],
      ["--policy-record <file>", false, "for --all: the policy pack's record of its run, which the bundle takes"],
      [
        "--timestamp-url <url>",
        false,
        "for --all: have this timestamp authority stamp the bundle (RFC 3161); needs --timestamp-ca",
      ],
      ["--timestamp-ca <file>", false, "the certificates (PEM) that the timestamp authority's chain ends in"],
      [
        "--check-bundle <folder>",
        false,
        "tell whether a bundle is as it was put together and signed; 1 when a record was removed, changed or moved",
      ],
      [
        "--signer <file>",
        false,
        "for --check-bundle: a public SSH key (.pub) that may sign, besides those of the cache's operators, such as a reviewer's; may be repeated",
      ],
    ]);
  });

  it("judges results, ends with 1 where there are findings, and writes nothing unasked", () => {
    const { said, exitCode } = judge();
    assert.equal(exitCode, 1);
    assert.match(
      said[0] ?? "",
      /^Cache sessions, target cache, on i-0a host, by results that were handed over, \d{4}-/,
    );
    assert.match(said.at(-1) ?? "", /^\d+ findings?: host-firewall, /);
  });

  it("ends with 0 where there are none, with what was looked at from there alone", () => {
    for (const target of ["cache", "client", "aws"] as const) {
      handOver(target, ({ holds }) => holds);
      const { said, exitCode } = verify(target, "--results", at("results"), "--script", at("script"));
      assert.match(said.at(-1) ?? "", /^No findings: all \d+ controls that were looked at hold\.$/);
      assert.equal(exitCode, 0);
    }
    handOver("cache", nothing);
  });

  it("prints the script of a target, of now, each with a word of its own, and nothing else", () => {
    const nonces = new Set<string>();
    for (const target of ["cache", "client", "aws"] as const) {
      const { said, exitCode } = verify(target, "--print-script");
      const challenge = challengeOf(said.join("\n"));
      assert.ok(challenge !== undefined && Math.abs(Date.now() - challenge.date.getTime()) < 60_000);
      assert.equal(said.join("\n"), checkScript(target, targetChecks(evidence, target).commands, challenge));
      assert.equal(exitCode, 0);
      nonces.add(challenge.nonce);
    }
    assert.equal(nonces.size, 3);
  });

  it("writes the whole record where it was asked to, signed, of now and by this evidence", () => {
    // The clock of a host is told in whole seconds.
    const before = new Date(Date.now() - 60_000).toISOString();
    const { said, exitCode } = judge("--out", at("record.json"), "--sign-with", at("ada"));
    assert.equal(exitCode, 1);
    assert.equal(said.at(-1), `Written and signed: ${at("record.json")}, ${at("record.json")}.sig`);
    const written = readFileSync(at("record.json"), "utf8");
    const record = JSON.parse(written) as VerificationRecord;
    assert.equal(written, `${JSON.stringify(record, null, 2)}\n`);
    assert.ok(before <= record.date && record.date <= new Date().toISOString());
    assert.equal(record.evidenceSha256, evidenceDigest(evidence));
    assert.deepEqual([record.place, record.host], ["results that were handed over", "i-0a host"]);
    assert.equal(record.nonce, challengeOf(readFileSync(at("script"), "utf8"))?.nonce);
    assert.match(readFileSync(at("record.json.sig"), "utf8"), /^-----BEGIN SSH SIGNATURE-----/);
  });

  it("asks people where there are attestations", () => {
    const findings = (...more: string[]): string => judge(...more).said.at(-1) ?? "";
    assert.ok(!findings().includes("multi-factor"));
    const seen = { explanation: "seen", frequency: "annually", status: "passed", updated_by: "Ada" };
    const attestation = {
      ...seen,
      control_id: "multi-factor",
      updated: new Date().toISOString().slice(0, 10),
    };
    writeFileSync(at("none.yaml"), "[]");
    writeFileSync(at("one.json"), JSON.stringify([attestation]));
    assert.match(findings("--attestations", at("none.yaml")), /emergency-access, multi-factor/);
    assert.match(findings("--attestations", at("one.json")), /emergency-access, (?!multi-factor)/);
  });

  it("runs the checks by ssh, with its options, where it is told to", () => {
    writeFileSync(at("ssh"), `#!/bin/sh\nprintf '%s\\n' "$@" >${at("arguments")}\n${answering}`);
    chmodSync(at("ssh"), 0o755);
    const { PATH = "" } = process.env;
    process.env.PATH = `${folder}:${PATH}`;
    try {
      const options = ["--ssh-option", "Port=22", "--ssh-option", "ProxyJump=bastion"];
      const { said } = verify("cache", "--ssh", "ada@10.0.0.100", ...options);
      assert.match(said[0] ?? "", /, on a host, by ssh ada@10\.0\.0\.100, /);
    } finally {
      process.env.PATH = PATH;
    }
    const given = ["-o", "Port=22", "-o", "ProxyJump=bastion", "--", "ada@10.0.0.100", "sudo", "sh", "-s"];
    assert.equal(readFileSync(at("arguments"), "utf8"), `${given.join("\n")}\n`);
    const { commands } = targetChecks(evidence, "cache");
    const script = readFileSync(at("asked"), "utf8");
    const challenge = challengeOf(script);
    assert.ok(challenge);
    assert.equal(script, checkScript("cache", commands, challenge));
  });

  it("runs the checks on this machine where it isn't told otherwise", () => {
    writeFileSync(at("sh"), `#!/bin/dash\n[ "$*" = -s ] || exit\n${answering}`);
    chmodSync(at("sh"), 0o755);
    const { PATH } = process.env;
    process.env.PATH = `${folder}:${PATH ?? ""}`;
    try {
      assert.match(verify("cache").said[0] ?? "", /, on a host, by this machine, /);
    } finally {
      process.env.PATH = PATH;
    }
  });
});
