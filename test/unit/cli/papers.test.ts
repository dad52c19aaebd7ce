import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newSshKey } from "../../../lab/scenario/sshKey.js";
import { reportCommand } from "../../../src/cli/reportCommand.js";
import { signatureCommand } from "../../../src/cli/signatureCommand.js";
import { signFile } from "../../../src/verify/signature.js";
import { sampleEvidence } from "../../support/sample.js";
import { optionsOf, runCommand, type Ran } from "./runCommand.js";

describe("the commands report and signature", () => {
  let folder: string;
  let text: string;
  const at = (name: string): string => join(folder, name);
  const record = {
    schemaVersion: 1,
    date: "2026-11-26T00:00:00.000Z",
    cache: "sessions",
    target: "cache",
    place: "here",
    host: "i-0a",
    findings: ["tls", "wall"],
    evidenceSha256: "0",
  };
  const write = (name: string, value: object): string => {
    writeFileSync(at(name), JSON.stringify(value));
    return at(name);
  };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "papers-"));
    const { publicKey } = await newSshKey(folder, "ada");
    const evidence = sampleEvidence({ operators: [{ name: "ada", sshPublicKey: publicKey }] });
    text = readFileSync(write("evidence.json", evidence), "utf8");
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  describe("the command report", () => {
    const report = (...more: string[]): Ran =>
      runCommand(reportCommand(), "--evidence", at("evidence.json"), "--folder", at("report"), ...more);
    const markdown = (): string => readFileSync(join(at("report"), "report.md"), "utf8");

    it("takes these options", () => {
      assert.deepEqual(
        [reportCommand().name(), reportCommand().description()],
        ["report", "Writes the compliance report of a cache: HTML, Markdown, network map, controls, OSCAL."],
      );
      assert.deepEqual(optionsOf(reportCommand()), [
        ["--evidence <file>", true, "what `pulumi stack output evidence --json` prints; - for standard input"],
        ["--folder <folder>", true, "where to write it; made if it isn't there"],
        ["--verification <file>", false, "a record of verify, which the report then names; may be repeated"],
        ["--attestations <file>", false, "attestations by people, as verify takes them, which the report then names"],
      ]);
    });

    it("writes the files, and names each", () => {
      const { said, exitCode } = report();
      const names = ["report.html", "report.md", "network-map.svg", "controls.json", "oscal-component-definition.json"];
      assert.deepEqual(
        said,
        names.map((name) => join(at("report"), name)),
      );
      assert.equal(exitCode, 0);
      assert.match(markdown(), /written without a record of a verification/);
    });

    it("names the records of verify, in their order", () => {
      const first = write("first.json", record);
      const evidenceSha256 = createHash("sha256").update(text).digest("hex");
      const second = write("second.json", { ...record, target: "aws", findings: [], evidenceSha256 });
      report("--verification", first, "--verification", second);
      const [, rows = ""] = markdown().split(
        "| When | What | Where | Judged by | Findings |\n| --- | --- | --- | --- | --- |\n",
      );
      assert.equal(
        rows.split("\n\n")[0],
        "| 2026-11-26 00:00 UTC | the node | i-0a, by here | other evidence | tls, wall |\n| 2026-11-26 00:00 UTC | AWS account | i-0a, by here | this report's evidence | none |",
      );
    });

    it("names what people have attested, by the form that verify takes", () => {
      const agreement = {
        control_id: "business-associate-agreement",
        explanation: "accepted in AWS Artifact on 2026-01-15",
        frequency: "9999d",
        status: "passed",
        updated: "2026-02-02",
        updated_by: "Ada",
      };
      report("--attestations", write("attested.json", [agreement]));
      assert.match(
        markdown(),
        /Attested \(business-associate-agreement\): passed on 2026-02-02 by Ada: accepted in AWS Artifact on 2026-01-15\./,
      );
      const undated = write("undated.json", [{ ...agreement, explanation: "accepted" }]);
      assert.throws(() => report("--attestations", undated), { message: /Name the date of the agreement/ });
      report();
      assert.doesNotMatch(markdown(), /Attested/);
    });

    it("refuses a record of another cache, and writes nothing", () => {
      rmSync(at("report"), { recursive: true, force: true });
      const path = write("billing.json", { ...record, cache: "billing" });
      assert.throws(() => report("--verification", path), {
        message:
          "verifications: the record of 2026-11-26T00:00:00.000Z (cache, i-0a) is about the cache billing, but this is the report of sessions. Give records of this cache.",
      });
      assert.equal(existsSync(at("report")), false);
    });

    for (const [field, value] of [
      ["schemaVersion", 2],
      ["date", "yesterday"],
      ["target", "node"],
      ["place", 1],
      ["host", 1],
      ["cache", 1],
      ["evidenceSha256", 1],
      ["findings", [1]],
    ] as const) {
      it(`refuses a record whose ${field} is ${JSON.stringify(value)}, by its file and field`, () => {
        const path = write("broken.json", { ...record, [field]: value });
        assert.throws(
          () => report("--verification", path),
          (error: Error) => {
            assert.ok(
              error.message.startsWith(`--verification: ${path} is no record that \`verify --out\` has written.\n  * `),
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
    const signature = (path: string): Ran => runCommand(signatureCommand(), path, "--evidence", at("evidence.json"));
    const signed = (value: object): string => {
      const path = write("signed.json", value);
      signFile(path, at("ada"));
      return path;
    };

    it("takes a record and the evidence", () => {
      const command = signatureCommand();
      assert.deepEqual(
        [command.name(), command.description()],
        [
          "signature",
          "Tells which operator of a cache has signed a record of verify; fails when none has, or when it was checked against other evidence.",
        ],
      );
      const [argument] = command.registeredArguments;
      assert.deepEqual(
        [argument?.name(), argument?.required, argument?.description],
        ["record", true, "the record; its signature is beside it, with .sig behind its name"],
      );
      assert.deepEqual(optionsOf(command), [
        ["--evidence <file>", true, "the evidence of the cache, which has its operators' keys"],
      ]);
    });

    it("names the signer and what was found, and whether it is by this evidence", () => {
      const evidenceSha256 = createHash("sha256").update(text).digest("hex");
      const path = signed({ ...record, evidenceSha256 });
      assert.deepEqual(signature(path), {
        said: [`${path}: signed by ada; cache sessions, target cache, 2026-11-26T00:00:00.000Z; findings: tls, wall.`],
        exitCode: 0,
      });
      assert.deepEqual(signature(signed({ ...record, findings: [], evidenceSha256: "0" })), {
        said: [
          `${path}: signed by ada; cache sessions, target cache, 2026-11-26T00:00:00.000Z; no findings.`,
          "It was checked against other evidence than this one.",
        ],
        exitCode: 1,
      });
    });

    it("fails where the record was changed, or there is none", () => {
      const path = signed(record);
      write("signed.json", { ...record, findings: [] });
      assert.throws(() => signature(path), {
        message: /not the signature of an operator of the cache for the file as it is now \(operators: ada\)/,
      });
      assert.throws(() => signature(at("nowhere")), { message: /^<record>: \S+ could not be read: ENOENT/ });
      assert.throws(() => runCommand(signatureCommand(), path), { message: /required option '--evidence/ });
      assert.throws(() => runCommand(signatureCommand(), path, "--evidence", "x", "--frobnicate"), {
        message: /unknown option/,
      });
    });
  });
});
