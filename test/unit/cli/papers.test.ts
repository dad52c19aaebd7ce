import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { execaSync } from "execa";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newSshKey } from "../../../lab/scenario/sshKey.js";
import { sshFingerprint } from "../../../src/arguments/sshPublicKey.js";
import { reportCommand } from "../../../src/cli/reportCommand.js";
import { signatureCommand } from "../../../src/cli/signatureCommand.js";
import type { AssessedControl } from "../../../src/evidence/assess.js";
import type { Evidence } from "../../../src/evidence/evidence.js";
import type { VerificationRecord } from "../../../src/evidence/record.js";
import { signFile } from "../../../src/verify/signature.js";
import { heldRecord, summedUp, withFinding } from "../evidence/heldRecord.js";
import { reportFiles } from "../../support/reportFiles.js";
import { sampleEvidence } from "../../support/sample.js";
import { optionsOf, runCommand, type Ran } from "./runCommand.js";

const recordOptions = [
  [
    "--signer <file>",
    false,
    "a public SSH key (.pub) that may sign records, besides those of the cache's operators; may be repeated",
  ],
  ["--max-record-age-days <days>", false, "how old a record may be, in days: 1 to 366"],
] as const;

describe("the commands report and signature", () => {
  let folder: string;
  let evidence: Evidence;
  let record: VerificationRecord;
  let auditor: string;
  const at = (name: string): string => join(folder, name);
  const write = (name: string, value: object): string => {
    writeFileSync(at(name), JSON.stringify(value));
    return at(name);
  };
  /** A record in a file, with the signature of one of these keys. */
  const signed = (name: string, value: object, key = "ada"): string => {
    const path = write(name, value);
    signFile(path, at(key));
    return path;
  };
  const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "papers-"));
    const { publicKey } = await newSshKey(folder, "ada");
    auditor = (await newSshKey(folder, "auditor")).publicKey;
    evidence = sampleEvidence({ operators: [{ name: "ada", sshPublicKey: publicKey }] });
    write("evidence.json", evidence);
    record = heldRecord(evidence, "cache", { date: daysAgo(0) });
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  describe("the command report", () => {
    const report = (...more: string[]): Ran =>
      runCommand(reportCommand(), "--evidence", at("evidence.json"), "--folder", at("report"), ...more);
    const markdown = (): string => readFileSync(join(at("report"), "report.md"), "utf8");
    const statuses = (): string[] => {
      const controls = JSON.parse(readFileSync(join(at("report"), "controls.json"), "utf8")) as AssessedControl[];
      return controls.map(({ id, status }) => `${id}: ${status}`);
    };

    it("takes these options", () => {
      assert.deepEqual(
        [reportCommand().name(), reportCommand().description()],
        ["report", "Writes the compliance report of a cache: HTML, Markdown, network map, controls, OSCAL."],
      );
      assert.deepEqual(optionsOf(reportCommand()), [
        ["--evidence <file>", true, "what `pulumi stack output evidence --json` prints; - for standard input"],
        ["--folder <folder>", true, "where to write it; made if it isn't there"],
        [
          "--oscal-profile <href>",
          false,
          "where your organisation's OSCAL profile is, for the system security plan; by default oscal-profile.json in the folder",
        ],
        [
          "--verification <file>",
          false,
          "a signed record of verify, its signature beside it; one that does not count changes nothing, and the report says why; may be repeated",
        ],
        [
          "--acceptances <file>",
          false,
          "what was decided about risks, signed: JSON or YAML in the form of `saf attest`, with ids of the risk register, what is chosen, and the name of the cache",
        ],
        [
          "--app-hosts <client=number>",
          false,
          "how many hosts a client has, such as web=3: the cache does not know; may be repeated",
        ],
        ...recordOptions,
      ]);
    });

    it("writes the files, and names each", () => {
      const { said, exitCode } = report();
      const digest = createHash("sha256")
        .update(readFileSync(join(at("report"), "report.html")))
        .digest("hex");
      assert.deepEqual(said, [
        ...reportFiles.map((name) => join(at("report"), name)),
        `For the report's signature block, the SHA-256 of report.html: ${digest}`,
      ]);
      assert.equal(exitCode, 0);
      assert.match(markdown(), /\| Verified \| designed; nothing verified: 0 of \d+ automatic checks; /);
    });

    it("tells OSCAL's tools the digest of each record that counts, and where your organisation's profile is", () => {
      const plan = (): string => readFileSync(join(at("report"), "oscal-ssp.json"), "utf8");
      const given = signed("first.json", record);
      report("--verification", given, "--oscal-profile", "trestle://profiles/ours/profile.json");
      const digest = createHash("sha256").update(readFileSync(given)).digest("hex");
      assert.ok(plan().includes(`"value": "${digest}"`));
      assert.ok(plan().includes('"href": "trestle://profiles/ours/profile.json"'));
      // The control case.
      report();
      assert.ok(!plan().includes(digest));
      assert.ok(plan().includes('"href": "oscal-profile.json"'));
    });

    it("goes by the records that an operator has signed, or a key that was named, in their order", () => {
      report();
      const before = statuses();
      assert.ok(before.includes("operators: designed"));
      const first = signed("first.json", record);
      const second = signed("second.json", heldRecord(evidence, "client", { date: daysAgo(1) }), "auditor");
      report("--verification", first, "--verification", second, "--signer", at("auditor.pub"));
      assert.deepEqual(statuses().slice(5, 7), ["tls: met", "mutual-authentication: met"]);
      const rows = markdown().match(/^\| \S+ \S+ UTC \| .*$/gm) ?? [];
      assert.deepEqual(
        rows.map((row) => row.split(" | ").filter((_, index) => index === 1 || index === 3)),
        [
          ["sessions-0", "ada"],
          ["the app host of web", sshFingerprint(auditor)],
        ],
      );
      // The control case: nobody has named the auditor.
      report("--verification", second);
      assert.deepEqual(statuses(), before);
    });

    for (const [what, reason, give] of [
      [
        "of another cache",
        "it is about the cache billing, not sessions",
        () => signed("x.json", { ...record, cache: "billing" }),
      ],
      ["that is old", "more than 31 days ago", () => signed("x.json", { ...record, date: daysAgo(32) })],
      [
        "of other evidence",
        "it was judged by other evidence",
        () => signed("x.json", { ...record, evidenceSha256: "0" }),
      ],
      [
        "of an emulated account",
        "it is of an emulated AWS account: 000000000000 is none of AWS's",
        () => {
          const host = "000000000000 https://sts.us-east-1.amazonaws.com laptop";
          return signed("x.json", heldRecord(evidence, "aws", { host, date: daysAgo(0) }));
        },
      ],
      [
        "that is not signed",
        "it is not signed: there is no ",
        () => {
          rmSync(at("x.json.sig"), { force: true });
          return write("x.json", record);
        },
      ],
      ["that another key has signed", "is not that of a key that may sign", () => signed("x.json", record, "auditor")],
      [
        "that was changed since",
        "is not that of a key that may sign, for the file as it is now (who may: ada)",
        () => {
          const path = signed("x.json", { ...record, findings: ["tls"] });
          write("x.json", record);
          return path;
        },
      ],
      [
        "that was signed for another purpose",
        "is not that of a key that may sign",
        () => {
          const path = write("x.json", record);
          rmSync(`${path}.sig`, { force: true });
          execaSync("ssh-keygen", ["-Y", "sign", "-q", "-f", at("ada"), "-n", "git", path]);
          return path;
        },
      ],
    ] as const) {
      it(`changes no status for a record ${what}, and says why on its first page`, () => {
        report();
        const before = statuses();
        assert.equal(report("--verification", give()).exitCode, 0);
        assert.deepEqual(statuses(), before);
        const [row = ""] = /^\| Not counted \| .*$/m.exec(markdown()) ?? [];
        assert.ok(row.includes(reason), row);
      });
    }

    it("takes another age where it is told to", () => {
      const path = signed("old.json", { ...record, date: daysAgo(32) });
      report("--verification", path, "--max-record-age-days", "33");
      assert.ok(statuses().includes("operators: met"));
      report("--verification", path, "--max-record-age-days", "1");
      assert.match(markdown(), /more than 1 day ago/);
      for (const wrong of ["0", "367", "1.5", "x", "-1", ""])
        assert.throws(() => report("--max-record-age-days", wrong), {
          message: `--max-record-age-days: got ${JSON.stringify(wrong)}. Give a number of days, 1 to 366.`,
        });
    });

    it("takes no other file for a public key, and shows nothing of it", () => {
      assert.throws(
        () => report("--verification", signed("x.json", record), "--signer", at("ada")),
        (error: Error) => {
          assert.match(
            error.message,
            /^--signer: 1 argument problem:\n {2}\* \S+ada: got what looks like a private key \(not shown\)/,
          );
          return !error.message.includes("BEGIN");
        },
      );
    });

    for (const [field, value] of [
      ["schemaVersion", 1],
      ["date", "yesterday"],
      ["target", "node"],
      ["place", 1],
      ["host", 1],
      ["cache", 1],
      ["evidenceSha256", 1],
      ["findings", [1]],
      ["nonce", 1],
      ["tool", 1],
      ["host", "i-0b x\ni-0c y"],
      ["cache", "sessions\u001b[2J"],
      ["place", "ssh a\u2028b"],
    ] as const) {
      it(`refuses a record whose ${field} is ${JSON.stringify(value)}, by its file and field`, () => {
        const path = write("broken.json", { ...record, [field]: value });
        assert.throws(
          () => report("--verification", path),
          (error: Error) => {
            assert.ok(
              error.message.startsWith(
                `--verification: ${path} is no record that \`verify --out\` of this version has written.\n  * `,
              ),
              error.message,
            );
            assert.ok(error.message.includes(`  * ${field}${field === "findings" ? "[0]" : ""}: `), error.message);
            return true;
          },
        );
      });
    }

    it("refuses to do without evidence or folder", () => {
      assert.throws(() => runCommand(reportCommand(), "--folder", "x"), { message: /'--evidence <file>'/ });
      assert.throws(() => runCommand(reportCommand(), "--evidence", "x"), { message: /'--folder <folder>'/ });
      assert.throws(() => report("--frobnicate"), { message: /unknown option/ });
    });
  });

  describe("the command signature", () => {
    const signature = (path: string, ...more: string[]): Ran =>
      runCommand(signatureCommand(), path, "--evidence", at("evidence.json"), ...more);

    it("takes a record and the evidence", () => {
      const command = signatureCommand();
      assert.deepEqual(
        [command.name(), command.description()],
        [
          "signature",
          "Tells who has signed a record of verify; fails when nobody has who may, or when the record does not count: it is of another cache, of other evidence, of an emulated AWS account, of a host that is no part of the cache, or too old; or when nothing was looked at.",
        ],
      );
      const [argument] = command.registeredArguments;
      assert.deepEqual(
        [argument?.name(), argument?.required, argument?.description],
        ["record", true, "the record; its signature is beside it, with .sig behind its name"],
      );
      assert.deepEqual(optionsOf(command), [
        ["--evidence <file>", true, "the evidence of the cache, which has its operators' keys"],
        ...recordOptions,
      ]);
    });

    it("names the signer and what was found, and fails with each reason why the record does not count", () => {
      const { date } = record;
      const found = withFinding(record, "tls", "Redis has no network");
      const checks = record.controls.flatMap((one) => one.checks).length;
      const path = signed("signed.json", summedUp(found));
      const of = (cache: string, rest: string): string =>
        `${path}: signed by ada; cache ${cache}, target cache, on ${record.host}, ${date}; ${rest}.`;
      assert.deepEqual(signature(path), { said: [of("sessions", "findings: tls")], exitCode: 0 });
      assert.deepEqual(signature(signed("signed.json", record)), {
        said: [of("sessions", `no findings in ${checks} checks`)],
        exitCode: 0,
      });
      assert.deepEqual(signature(signed("signed.json", { ...record, cache: "billing", evidenceSha256: "0" })), {
        said: [
          of("billing", `no findings in ${checks} checks`),
          "It does not count: it is about the cache billing, not sessions.",
          "It does not count: it was judged by other evidence than this report's.",
        ],
        exitCode: 1,
      });
      const old = signed("old.json", { ...record, date: daysAgo(40) });
      assert.equal(signature(old).exitCode, 1);
      assert.equal(signature(old, "--max-record-age-days", "41").exitCode, 0);
    });

    it("counts by the checks, whatever the record sums up, and says where the two differ", () => {
      const found = withFinding(record, "tls", "Redis has no network");
      for (const forged of [found, { ...record, findings: ["tls", "wall"] }, { ...summedUp(found), findings: [] }]) {
        const { said, exitCode } = signature(signed("signed.json", forged));
        assert.equal(said[1], "What it says of itself is not what its checks say: these count.");
        assert.equal(said[0]?.includes("findings: tls"), forged.controls !== record.controls, said[0]);
        assert.equal(exitCode, 1);
      }
    });

    it("says of a host that is no part of the cache, or says no instance, that it is none, and fails", () => {
      for (const host of ["i-0d strange", "ip-10-0-0-100", "ip-10-0-0-100 ip-10-0-0-100"]) {
        const { said, exitCode } = signature(signed("signed.json", { ...record, host }));
        assert.deepEqual(said.slice(1), [
          "It is of a host that is no part of the cache, or does not say which: what holds there shows nothing, what does not is a finding.",
        ]);
        assert.equal(exitCode, 1);
      }
      assert.equal(signature(signed("signed.json", record)).exitCode, 0);
    });

    it("says of a record without checks that nothing was looked at, and fails", () => {
      const { said, exitCode } = signature(signed("signed.json", { ...record, controls: [] }));
      assert.match(said[0] ?? "", /; nothing looked at\.$/);
      assert.deepEqual([said[1], exitCode], ["It shows nothing: nothing was looked at.", 1]);
    });

    it("takes a key that is named besides the operators'", () => {
      const path = signed("signed.json", record, "auditor");
      assert.throws(() => signature(path), { message: /not that of a key that may sign/ });
      const { said, exitCode } = signature(path, "--signer", at("auditor.pub"));
      assert.ok(said[0]?.startsWith(`${path}: signed by ${sshFingerprint(auditor)}; `));
      assert.equal(exitCode, 0);
    });

    it("fails where the record was changed, or there is none", () => {
      const path = signed("signed.json", { ...record, findings: ["tls"] });
      write("signed.json", record);
      assert.throws(() => signature(path), {
        message: `${path}: its signature is not that of a key that may sign, for the file as it is now (who may: ada).`,
      });
      rmSync(`${path}.sig`);
      assert.throws(() => signature(path), { message: `${path}: it is not signed: there is no ${path}.sig.` });
      const none = signed("none.json", {});
      assert.throws(() => signature(none), {
        message: /^<record>: \S+ is no record that `verify --out` of this version/,
      });
      assert.throws(() => signature(at("nowhere")), { message: /^<record>: \S+ could not be read: ENOENT/ });
      assert.throws(() => runCommand(signatureCommand(), path), { message: /required option '--evidence/ });
      assert.throws(() => runCommand(signatureCommand(), path, "--evidence", "x", "--frobnicate"), {
        message: /unknown option/,
      });
    });
  });
});
