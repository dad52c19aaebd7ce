import assert from "node:assert/strict";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newSshKey } from "../../../lab/scenario/sshKey.js";
import { signatureCommand } from "../../../src/cli/signatureCommand.js";
import { verifyCommand } from "../../../src/cli/verifyCommand.js";
import { parseRecord } from "../../../src/evidence/record.js";
import type { Manifest } from "../../../src/verify/bundle/manifest.js";
import { sha256 } from "../../../src/verify/bundle/manifest.js";
import { signFile } from "../../../src/verify/signature.js";
import { startTimestampAuthority, type TimestampAuthority } from "../../support/timestampAuthority.js";
import { evidenceOfAws, hosts } from "../evidence/heldRecord.js";
import { runCommand, type Ran } from "./runCommand.js";

describe("a bundle of verify --all", () => {
  let folder: string;
  const at = (...names: string[]): string => join(folder, ...names);
  const verify = (...more: string[]): Ran => runCommand(verifyCommand(), "--evidence", at("evidence.json"), ...more);
  const check = (bundle: string, ...more: string[]): Ran => verify("--check-bundle", at(bundle), ...more);
  const write = (name: string, ...more: string[]): Ran =>
    verify(
      "--all",
      "--host",
      "cache=ada@10.0.0.100",
      "--host",
      "aws",
      "--out",
      at(name),
      "--sign-with",
      at("ada"),
      ...more,
    );
  const manifest = (bundle: string): Manifest =>
    JSON.parse(readFileSync(at(bundle, "manifest.json"), "utf8")) as Manifest;
  const policyRun = {
    schemaVersion: 1,
    kind: "policy-run",
    date: "2026-11-26T00:00:00.000Z",
    resources: [{ type: "pulumi-hipaa-redis:index:HipaaRedisCache", name: "sessions" }],
  };

  const attestation = {
    control_id: "multi-factor",
    explanation: "Bastion and AWS accounts ask for a hardware key",
    frequency: "annually",
    status: "passed",
    updated: "2026-11-02",
    updated_by: "Ada Lovelace",
  };

  /** ssh(1), and sh(1) for AWS: each brings no results but when and where. */
  const withStandIns = (act: () => void, first = "bin"): void => {
    const { PATH = "" } = process.env;
    process.env.PATH = `${at(first)}:${at("bin")}:${PATH}`;
    try {
      act();
    } finally {
      process.env.PATH = PATH;
    }
  };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "bundle-"));
    const { publicKey } = await newSshKey(folder, "ada");
    for (const name of ["reviewer", "stranger"]) await newSshKey(folder, name);
    const operators = [{ name: "ada", sshPublicKey: publicKey }];
    const evidence = evidenceOfAws({ operators });
    writeFileSync(at("evidence.json"), JSON.stringify(evidence));
    writeFileSync(at("indented.json"), `${JSON.stringify(evidence, null, 2)}\n`);
    writeFileSync(at("other.json"), JSON.stringify(evidenceOfAws({ operators, allowScripting: true })));
    writeFileSync(at("policy-run.json"), JSON.stringify(policyRun));
    writeFileSync(at("attested.json"), JSON.stringify([attestation]));
    mkdirSync(at("bin"));
    for (const [name, target] of [
      ["ssh", "cache"],
      ["sh", "aws"],
    ] as const) {
      const lines = [
        "#!/bin/dash",
        "script=$(mktemp)",
        'cat >"$script"',
        `sed -n "s/^echo '\\(pulumi.*\\)'$/\\1/p" "$script"`,
        'rm "$script"',
        `echo "at $(date +%s) $(echo ${hosts[target]} | base64 --wrap=0)" | gzip | base64`,
      ];
      writeFileSync(at("bin", name), `${lines.join("\n")}\n`);
      chmodSync(at("bin", name), 0o755);
    }
    withStandIns(() => {
      const given = ["--policy-record", at("policy-run.json"), "--attestations", at("attested.json")];
      assert.equal(write("sound", ...given).exitCode, 1);
    });
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("has the records of all hosts, signed, each naming the one before it, and what goes with them", () => {
    const { records, files, cache } = manifest("sound");
    assert.deepEqual(
      records.map(({ name }) => name),
      ["01-cache-checks.json", "02-cache-extract.json", "03-cache-patches.json", "04-aws-checks.json"],
    );
    assert.deepEqual(
      files.map(({ name }) => name),
      ["02-cache-extract.csv", "evidence.json", "policy-run.json", "attestations.yaml"],
    );
    assert.equal(cache, "sessions");
    const texts = records.map(({ name }) => readFileSync(at("sound", name), "utf8"));
    const named = texts.map((text) => (JSON.parse(text) as { previousRecordSha256?: string }).previousRecordSha256);
    assert.deepEqual(named, [undefined, ...texts.slice(0, -1).map((text) => sha256(text))]);
    assert.equal(readFileSync(at("sound", "policy-run.json"), "utf8"), JSON.stringify(policyRun));
  });

  it("is found to be whole, by who signed it", () => {
    const { said, exitCode } = check("sound");
    assert.equal(exitCode, 0, said.join("\n"));
    assert.equal(said.filter((line) => line.endsWith(": signed by ada")).length, 5);
    assert.match(
      said.at(-1) ?? "",
      /: 4 records of sessions, put together \S+: all are there, in their order, unchanged\.$/,
    );
  });

  /** Somebody who may sign, and puts together what they like. */
  const resign = (bundle: string, change: (manifest: Manifest) => Manifest, key = "ada"): void => {
    writeFileSync(at(bundle, "manifest.json"), JSON.stringify(change(manifest(bundle))));
    signFile(at(bundle, "manifest.json"), at(key));
  };
  const edit = (path: string, from: string | RegExp, to: string): void => {
    const text = readFileSync(path, "utf8");
    assert.notEqual(text.replace(from, to), text);
    writeFileSync(path, text.replace(from, to));
  };
  const drop = (bundle: string, name: string): void => {
    for (const one of [name, `${name}.sig`]) rmSync(at(bundle, one), { force: true });
  };
  const listedAnew = (bundle: string, { name }: { name: string }): { name: string; sha256: string } => ({
    name,
    sha256: sha256(readFileSync(at(bundle, name))),
  });

  const tampered: readonly (readonly [what: string, tamper: (bundle: string) => void, found: RegExp])[] = [
    [
      "a record was removed",
      (b) => {
        drop(b, "02-cache-extract.json");
      },
      /02-cache-extract\.json is missing/,
    ],
    [
      "a signature was removed",
      (b) => {
        rmSync(at(b, "03-cache-patches.json.sig"));
      },
      /03-cache-patches\.json\.sig is missing/,
    ],
    [
      "a record was changed",
      (b) => {
        edit(at(b, "01-cache-checks.json"), /"findings": \[[^\]]*\]/, '"findings": []');
      },
      /01-cache-checks\.json was changed/,
    ],
    [
      "the entries were changed",
      (b) => {
        writeFileSync(at(b, "02-cache-extract.csv"), "time\r\n");
      },
      /02-cache-extract\.csv was changed/,
    ],
    [
      "the policy pack's record was changed",
      (b) => {
        edit(at(b, "policy-run.json"), "2026", "2025");
      },
      /policy-run\.json was changed/,
    ],
    [
      "a file was added",
      (b) => {
        writeFileSync(at(b, "more.json"), "{}");
      },
      /more\.json is no part of it/,
    ],
    [
      "two records changed places",
      (b) => {
        const [one, other] = ["01-cache-checks.json", "04-aws-checks.json"].map((name) => readFileSync(at(b, name)));
        writeFileSync(at(b, "01-cache-checks.json"), other ?? "");
        writeFileSync(at(b, "04-aws-checks.json"), one ?? "");
      },
      /01-cache-checks\.json does not name the record before it/,
    ],
    [
      "the manifest was changed",
      (b) => {
        edit(at(b, "manifest.json"), '"cache": "sessions"', '"cache": "sessions" ');
      },
      /manifest\.json: its signature is not that of a key that may sign, for the file as it is now \(who may: ada\)/,
    ],
    [
      "a stranger signed the manifest",
      (b) => {
        resign(b, (m) => m, "stranger");
      },
      /manifest\.json: its signature is not that of a key that may sign/,
    ],
    [
      "a stranger signed a record",
      (b) => {
        signFile(at(b, "04-aws-checks.json"), at("stranger"));
      },
      /04-aws-checks\.json: its signature is not that of a key that may sign/,
    ],
    // By somebody who may sign, so that digests and signatures fit: the chain shows it.
    [
      "one who may sign left a record out",
      (b) => {
        drop(b, "02-cache-extract.json");
        resign(b, (m) => ({ ...m, records: m.records.filter(({ name }) => name !== "02-cache-extract.json") }));
      },
      /03-cache-patches\.json does not name the record before it/,
    ],
    [
      "one who may sign left the first out",
      (b) => {
        drop(b, "01-cache-checks.json");
        resign(b, (m) => ({ ...m, records: m.records.slice(1) }));
      },
      /02-cache-extract\.json does not name the record before it/,
    ],
    [
      "one who may sign put them in another order",
      (b) => {
        resign(b, (m) => ({ ...m, records: [...m.records].reverse() }));
      },
      /01-cache-checks\.json does not name the record before it/,
    ],
    [
      "one who may sign changed a record",
      (b) => {
        edit(at(b, "02-cache-extract.json"), '"place": "ssh', '"place": "by ssh');
        signFile(at(b, "02-cache-extract.json"), at("ada"));
        resign(b, (m) => ({ ...m, records: m.records.map((one) => listedAnew(b, one)) }));
      },
      /03-cache-patches\.json does not name the record before it/,
    ],
    [
      "one who may sign took a record of another cache",
      (b) => {
        edit(at(b, "04-aws-checks.json"), '"cache": "sessions"', '"cache": "billing"');
        signFile(at(b, "04-aws-checks.json"), at("ada"));
        resign(b, (m) => ({ ...m, records: m.records.map((one) => listedAnew(b, one)) }));
      },
      /04-aws-checks\.json is of another cache/,
    ],
  ];
  for (const [what, tamper, found] of tampered) {
    it(`is not whole where ${what}`, () => {
      rmSync(at("tampered"), { recursive: true, force: true });
      cpSync(at("sound"), at("tampered"), { recursive: true });
      assert.equal(check("tampered").exitCode, 0);
      tamper("tampered");
      const { said, exitCode } = check("tampered");
      assert.equal(exitCode, 1);
      assert.match(said.join("\n"), new RegExp(`^Not as it was put together: ${found.source}`, "m"));
    });
  }

  /** By one who may sign, who puts it together again from here on: every digest, signature and link of the chain fits. */
  const forge = (bundle: string, files: Readonly<Record<string, (text: string) => string>>): void => {
    const { records, files: others } = manifest(bundle);
    let previous: string | undefined;
    for (const { name } of [...others, ...records]) {
      const text = readFileSync(at(bundle, name), "utf8");
      const isRecord = records.some((one) => one.name === name);
      const changed = (files[name] ?? ((same) => same))(text);
      if (files[name] !== undefined) assert.notEqual(changed, text);
      if (!isRecord) {
        writeFileSync(at(bundle, name), changed);
        continue;
      }
      const link = JSON.parse(changed) as object;
      const linked = previous === undefined ? link : { ...link, previousRecordSha256: previous };
      const sealed = `${JSON.stringify(linked, null, 2)}\n`;
      writeFileSync(at(bundle, name), sealed);
      signFile(at(bundle, name), at("ada"));
      previous = sha256(sealed);
    }
    const list = (all: Manifest["records"]): Manifest["records"] => all.map((one) => listedAnew(bundle, one));
    resign(bundle, (m) => ({ ...m, records: list(m.records), files: list(m.files) }));
  };
  type Json = Record<string, unknown>;
  const json = (change: (record: Json) => Json) => (text: string) => JSON.stringify(change(JSON.parse(text) as Json));
  const checks = "01-cache-checks.json";
  const extract = "02-cache-extract.json";
  const inControl = (id: string, change: (control: Json) => Json) =>
    json((record) => ({
      ...record,
      controls: (record.controls as Json[]).map((one) => (one.id === id ? change(one) : one)),
    }));
  const firstCheck = (change: object) => (control: Json) => ({
    ...control,
    checks: (control.checks as Json[]).map((one, index) => (index === 0 ? { ...one, ...change } : one)),
  });
  const entry = { time: "2026-11-01T00:00:00.000Z", kind: "sudo", source: "sshd", who: "a", from: "", what: "x" };

  const forged: readonly (readonly [what: string, files: Record<string, (text: string) => string>, found: RegExp])[] = [
    [
      "a record says that it has no findings",
      { [checks]: json((one) => ({ ...one, findings: [] })) },
      /01-cache-checks\.json: its list of findings is not what the evidence and its checks say/,
    ],
    [
      "a control says that it holds",
      { [checks]: inControl("tls", (one) => ({ ...one, status: "holds" })) },
      /01-cache-checks\.json: tls is not what the evidence, the attestations and its answers say/,
    ],
    [
      "a check holds that did not run",
      { [checks]: inControl("tls", firstCheck({ holds: true })) },
      /01-cache-checks\.json: tls: \S[^\n]*: it can't hold with what was found/,
    ],
    [
      "a check was left out",
      { [checks]: inControl("tls", (one) => ({ ...one, checks: (one.checks as Json[]).slice(1) })) },
      /01-cache-checks\.json: tls is not what/,
    ],
    [
      "a control was left out",
      { [checks]: json((one) => ({ ...one, controls: (one.controls as Json[]).slice(1) })) },
      /01-cache-checks\.json: it has not the controls of the evidence/,
    ],
    [
      "a check shows something else",
      { [checks]: inControl("tls", firstCheck({ shows: "all is well" })) },
      /01-cache-checks\.json: tls is not what/,
    ],
    [
      "a check expects something else",
      { [checks]: inControl("tls", firstCheck({ expected: "prints anything" })) },
      /01-cache-checks\.json: tls is not what/,
    ],
    [
      "deviations were made up",
      {
        [checks]: json((one) => ({
          ...one,
          deviations: [{ argument: "x", chosen: "x", byDefault: "x", consequence: "x", control: "tls" }],
        })),
      },
      /01-cache-checks\.json: its deviations are not what/,
    ],
    [
      "a record is of another version",
      { [checks]: json((one) => ({ ...one, tool: "pulumi-hipaa-redis 9.9.9" })) },
      /01-cache-checks\.json: its tool is not what/,
    ],
    [
      "an attestation says something else than its file",
      { [checks]: inControl("multi-factor", firstCheck({ found: "passed on 2026-11-02 by Grace: x" })) },
      /01-cache-checks\.json: multi-factor is not what/,
    ],
    [
      "the file of attestations says something else than the records",
      { "attestations.yaml": (text) => text.replace("2026-11-02", "2026-11-03") },
      /01-cache-checks\.json: multi-factor is not what/,
    ],
    [
      "the file of attestations is none",
      { "attestations.yaml": () => "x" },
      /attestations\.yaml: --attestations: not in the form/,
    ],
    [
      "a record is of a day before",
      { [checks]: json((one) => ({ ...one, date: "2026-01-01T00:00:00.000Z" })) },
      /01-cache-checks\.json: it does not count: it is of 2026-01-01, more than 1 day ago/,
    ],
    [
      "a record is of after the bundle",
      { [extract]: json((one) => ({ ...one, date: "2099-01-01T00:00:00.000Z" })) },
      /02-cache-extract\.json: it does not count: it is dated in the future/,
    ],
    [
      "a record is of a host that is no part of the cache",
      { [extract]: json((one) => ({ ...one, host: "i-0d strange" })) },
      /02-cache-extract\.json: it is of a host that is no part of the cache/,
    ],
    [
      "AWS was emulated",
      { "04-aws-checks.json": json((one) => ({ ...one, host: "123456789012 http://127.0.0.1:4566 x" })) },
      /04-aws-checks\.json: it does not count: it is of an emulated AWS account/,
    ],
    [
      "a record is of another target",
      { "03-cache-patches.json": json((one) => ({ ...one, target: "client" })) },
      /03-cache-patches\.json: it is of the target client/,
    ],
    [
      "a record has the word of another",
      {
        [extract]: (text) =>
          text.replace(
            /"nonce": "[^"]*"/,
            /"nonce": "[^"]*"/.exec(readFileSync(at("sound", checks), "utf8"))?.[0] ?? "",
          ),
      },
      /02-cache-extract\.json: it has the word of another record/,
    ],
    [
      "an entry was added to a record",
      { [extract]: json((one) => ({ ...one, entries: [entry] })) },
      /02-cache-extract\.csv: its rows are not the entries of its record/,
    ],
    [
      "an entry was added to the record and to the CSV",
      {
        [extract]: json((one) => ({ ...one, entries: [entry] })),
        "02-cache-extract.csv": (text) => `${text}${entry.time},sudo,sshd,a,,x\r\n`,
      },
      /02-cache-extract\.json: it has not the 0 entries of sshd that it counts/,
    ],
    [
      "a line of a terminal was put into an entry",
      { [extract]: json((one) => ({ ...one, entries: [{ ...entry, what: "x\ny" }] })) },
      /02-cache-extract\.json: 02-cache-extract\.json is no record that this version/,
    ],
    [
      "the CSV was changed",
      { "02-cache-extract.csv": (text) => `${text}x\r\n` },
      /02-cache-extract\.csv: its rows are not the entries of its record/,
    ],
    [
      "an age was changed",
      {
        "03-cache-patches.json": json((one) => ({
          ...one,
          packages: [{ name: "redis", installedMade: "2020-01-01T00:00:00Z", installedAgeDays: 1 }],
        })),
      },
      /03-cache-patches\.json: the age of redis does not follow from its date/,
    ],
    [
      "the evidence is other evidence",
      { "evidence.json": () => readFileSync(at("other.json"), "utf8") },
      /evidence\.json: it is other evidence than this one/,
    ],
    [
      "the policy pack's run is of another cache",
      { "policy-run.json": (text) => text.replace("sessions", "billing") },
      /policy-run\.json: --check-bundle: the policy pack's run in policy-run\.json saw no cache sessions/,
    ],
  ];
  for (const [what, files, found] of forged) {
    it(`is named where one who may sign puts it together again, and ${what}`, () => {
      rmSync(at("forged"), { recursive: true, force: true });
      cpSync(at("sound"), at("forged"), { recursive: true });
      forge("forged", files);
      const { said, exitCode } = check("forged");
      assert.equal(exitCode, 1);
      assert.match(said.join("\n"), new RegExp(`^Not as it was put together: ${found.source}`, "m"));
      assert.ok(!said.some((line) => line.includes("does not name the record before it")), said.join("\n"));
    });
  }

  it("is whole where one who may sign puts the same together again: the control case", () => {
    cpSync(at("sound"), at("again"), { recursive: true });
    forge("again", {});
    const { said, exitCode } = check("again");
    assert.equal(exitCode, 0, said.join("\n"));
  });

  it("has no line of its own said by the name of a file in it", () => {
    cpSync(at("sound"), at("lines"), { recursive: true });
    writeFileSync(at("lines", "x\nlines: all are there, unchanged."), "");
    const { said, exitCode } = check("lines");
    assert.equal(exitCode, 1);
    assert.ok(said.includes("Not as it was put together: x ⏎ lines: all are there, unchanged. is no part of it."));
    for (const line of said) assert.ok(!line.includes("\n"), line);
  });

  it("is none of the future", () => {
    cpSync(at("sound"), at("future"), { recursive: true });
    resign("future", (m) => ({ ...m, date: "2099-01-01T00:00:00.000Z" }));
    assert.match(check("future").said.join("\n"), /^Not as it was put together: it is dated in the future, 2099/m);
  });

  it("is not whole by other evidence, however the file of its own is written", () => {
    const by = (evidence: string): Ran =>
      runCommand(verifyCommand(), "--evidence", at(evidence), "--check-bundle", at("sound"));
    const { said, exitCode } = by("other.json");
    assert.equal(exitCode, 1);
    assert.match(said.join("\n"), /it is by other evidence than this one/);
    assert.equal(by("indented.json").exitCode, 0);
  });

  it("has records of checks that count by themselves, each with its signature", () => {
    for (const name of ["01-cache-checks.json", "04-aws-checks.json"]) {
      const text = readFileSync(at("sound", name), "utf8");
      const record = parseRecord("<record>", name, JSON.parse(text));
      assert.deepEqual(record, JSON.parse(text));
    }
    const path = at("sound", "01-cache-checks.json");
    const { said, exitCode } = runCommand(signatureCommand(), path, "--evidence", at("evidence.json"));
    assert.equal(exitCode, 0, said.join("\n"));
    assert.match(said[0] ?? "", /: signed by ada; cache sessions, target cache, /);
    const extract = at("sound", "02-cache-extract.json");
    assert.throws(() => runCommand(signatureCommand(), extract, "--evidence", at("evidence.json")), {
      message: /is no record that `verify --out` of this version has written/,
    });
  });

  it("may be signed by a reviewer whose key is named, who has no account; by nobody else", () => {
    cpSync(at("sound"), at("reviewed"), { recursive: true });
    resign("reviewed", (m) => m, "reviewer");
    assert.equal(check("reviewed").exitCode, 1);
    assert.equal(check("reviewed", "--signer", at("stranger.pub")).exitCode, 1);
    const { said, exitCode } = check("reviewed", "--signer", at("reviewer.pub"));
    assert.equal(exitCode, 0, said.join("\n"));
    assert.match(said[0] ?? "", /^manifest\.json: signed by SHA256:/);
    assert.throws(() => check("reviewed", "--signer", at("reviewer")), { message: /looks like a private key/ });
  });

  it("is not written where there is one, where a host is not reached, or for another cache's run of policies", () => {
    assert.throws(() => write("sound"), { message: /^--out: \S+ is not empty/ });
    writeFileSync(at("billing.json"), JSON.stringify(policyRun).replace("sessions", "billing"));
    withStandIns(() => {
      assert.throws(() => write("new", "--policy-record", at("billing.json")), { message: /saw no cache sessions/ });
      assert.throws(() => write("new", "--policy-record", at("evidence.json")), {
        message: /is no record of the policy pack/,
      });
    });
    mkdirSync(at("away"));
    writeFileSync(at("away", "ssh"), "#!/bin/dash\ncat >/dev/null\nexit 255\n");
    chmodSync(at("away", "ssh"), 0o755);
    withStandIns(() => {
      assert.throws(() => write("new"), { message: /ssh ended with 255/ });
    }, "away");
    assert.ok(!existsSync(at("new")));
  });

  const all = ["--all", "--host", "aws", "--out", "x", "--sign-with", "y"];
  for (const [what, args, message] of [
    ["nothing to look at", ["--all"], /^--all needs --host, --out <folder> and --sign-with/],
    ["a host of no kind", [...all, "--host", "node=ada@x"], /^--host: got "node=ada@x"\. Give cache=/],
    ["AWS by ssh", [...all, "--host", "aws=ada@x"], /^--host: got "aws=ada@x"/],
    ["a destination with an option in it", [...all, "--host", "cache=-oProxyCommand=x"], /^--ssh: got /],
    ["a target", [...all, "--target", "aws"], /'--all' cannot be used with option '--target/],
    [
      "a stamp that nobody can check",
      [...all, "--timestamp-url", "http://x"],
      /^--timestamp-url and --timestamp-ca go together/,
    ],
    ["a period that is none", [...all, "--since", "x"], /^--since: got "x"/],
    ["no folder", ["--check-bundle", "/nowhere"], /^--check-bundle: \/nowhere could not be read/],
    ["no look at all", [], /^--target: give cache, client, aws; or --all for a bundle, or --check-bundle\.$/],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(() => verify(...args), { message });
    });
  }

  describe("with a timestamp", () => {
    let authority: TimestampAuthority;
    before(async () => {
      mkdirSync(at("tsa"));
      authority = await startTimestampAuthority(at("tsa"));
      withStandIns(() => write("stamped", "--timestamp-url", authority.url, "--timestamp-ca", authority.caFile));
    });
    after(() => {
      authority.stop();
    });

    it("says when it was stamped, and by whom; or that nobody looked", () => {
      const { said, exitCode } = check("stamped", "--timestamp-ca", authority.caFile);
      assert.equal(exitCode, 0, said.join("\n"));
      assert.match(said.join("\n"), /^Stamped \d{4}-\S+Z, by http:\/\/127\.0\.0\.1:\d+\/$/m);
      const unchecked = check("stamped");
      assert.deepEqual(
        [unchecked.exitCode, unchecked.said.includes("The timestamp was not checked: give --timestamp-ca.")],
        [0, true],
      );
    });

    it("is not whole without it, or where it is of another manifest", () => {
      resign("stamped", (m) => ({ ...m, date: "2026-11-26T00:00:00.000Z" }));
      const { said, exitCode } = check("stamped", "--timestamp-ca", authority.caFile);
      assert.equal(exitCode, 1);
      assert.match(said.join("\n"), /^Not as it was put together: its timestamp does not hold: openssl ended with 1/m);
      rmSync(at("stamped", "manifest.json.tsr"));
      assert.match(check("stamped").said.join("\n"), /manifest\.json\.tsr is missing/);
    });
  });

  it("is none without a manifest, or with one in another form", () => {
    mkdirSync(at("none"));
    assert.throws(() => check("none"), { message: /has no manifest\.json: it is no bundle/ });
    for (const text of [
      "x",
      "{}",
      JSON.stringify({ ...manifest("sound"), records: [{ name: "../x", sha256: "0" }] }),
    ]) {
      writeFileSync(at("none", "manifest.json"), text);
      assert.throws(() => check("none"), { message: /^manifest\.json is not/ });
    }
    assert.deepEqual(readdirSync(at("none")), ["manifest.json"]);
  });
});
