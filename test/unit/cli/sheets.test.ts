import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newSshKey } from "../../../lab/scenario/sshKey.js";
import { sheetsCommand } from "../../../src/cli/sheetsCommand.js";
import type { Evidence } from "../../../src/evidence/evidence.js";
import { signFile } from "../../../src/verify/signature.js";
import { evidenceOfAws, heldRecord } from "../evidence/heldRecord.js";
import { optionsOf, runCommand, type Ran } from "./runCommand.js";

type Row = Readonly<Record<string, string>>;

describe("the command sheets", () => {
  let folder: string;
  let evidence: Evidence;
  const at = (name: string): string => join(folder, name);
  const write = (name: string, value: object): string => {
    writeFileSync(at(name), JSON.stringify(value));
    return at(name);
  };
  const signed = (name: string, value: object): string => {
    const path = write(name, value);
    signFile(path, at("ada"));
    return path;
  };
  const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
  const sheets = (...more: string[]): Ran =>
    runCommand(sheetsCommand(), "--evidence", at("evidence.json"), "--folder", at("sheets"), ...more);
  const rows = (name: string): readonly Row[] =>
    (JSON.parse(readFileSync(join(at("sheets"), `${name}.json`), "utf8")) as { rows: Row[] }).rows;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "sheets-"));
    const { publicKey } = await newSshKey(folder, "ada");
    evidence = evidenceOfAws({ operators: [{ name: "ada", sshPublicKey: publicKey }] });
    write("evidence.json", evidence);
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("takes these options", () => {
    assert.deepEqual(
      optionsOf(sheetsCommand()).map(([flags, mandatory]) => [flags, mandatory]),
      [
        ["--evidence <file>", true],
        ["--folder <folder>", true],
        ["--previous <file>", false],
        ["--verification <file>", false],
        ["--acceptances <file>", false],
        ["--app-hosts <client=number>", false],
        ["--signer <file>", false],
        ["--max-record-age-days <days>", false],
      ],
    );
  });

  it("writes each sheet as CSV and JSON, and names each file", () => {
    const { said, exitCode } = sheets();
    const names = ["access-review", "assets", "population", "rotation", "risk-register", "plan-of-action"];
    const files = names.flatMap((name) => [`${name}.csv`, `${name}.json`]);
    assert.deepEqual([said, exitCode], [files.map((name) => join(at("sheets"), name)), 0]);
    assert.deepEqual(readdirSync(at("sheets")).sort(), files.sort());
    const [header = "", first = ""] = readFileSync(join(at("sheets"), "access-review.csv"), "utf8").split("\r\n");
    assert.ok(header.startsWith("cache,kind,who,"), header);
    assert.match(first, /^sessions,operator,ada,SSH key SHA256:/);
    assert.equal(rows("access-review")[0]?.seen, "not looked at");
  });

  it("goes by signed records and by what was given of hosts and risks", () => {
    const node = signed("node.json", heldRecord(evidence, "cache", { date: daysAgo(0) }));
    const web = signed("web.json", heldRecord(evidence, "client", { date: daysAgo(0) }));
    const decision = {
      cache: "sessions",
      control_id: "risk-one-node",
      chosen: "1 node",
      explanation: "accepted by Ada Lovelace",
      frequency: "annually",
      status: "passed",
      updated: daysAgo(1),
      updated_by: "Ada",
    };
    const risks = signed("risks.json", [decision]);
    sheets("--verification", node, "--verification", web, "--acceptances", risks, "--app-hosts", "web=3");
    const left = rows("plan-of-action").find(({ id }) => id === "not looked at: wall: other app hosts of web");
    assert.match(left?.what ?? "", /^Nobody has looked: \d+ checks? on 2 other app hosts of web$/);
    const hosts = rows("population").find(({ population }) => population === "hosts of web");
    assert.deepEqual([hosts?.looked, hosts?.of, hosts?.notLooked], ["1", "3", "2"]);
    assert.match(rows("access-review")[0]?.seen ?? "", /of operators hold$/);
    const accepted = (): (string | undefined)[] =>
      rows("risk-register")
        .filter((row) => row.accepted === "yes")
        .map(({ id }) => id);
    assert.deepEqual(accepted(), ["risk-one-node"]);
    // The control case: the file was changed after it was signed.
    write("risks.json", [{ ...decision, control_id: "risk-tls", chosen: undefined }]);
    sheets("--acceptances", risks);
    assert.deepEqual(accepted(), []);
  });

  it("takes earlier evidence for the rotation, with the records that were judged by it, however old", () => {
    const { operators } = evidence.arguments;
    const earlier = evidenceOfAws({ operators, rotation: { keys: 1 } });
    const now = evidenceOfAws({ operators, rotation: { keys: 2 } });
    const previous = write("earlier.json", earlier);
    const date = daysAgo(40);
    const record = signed("old.json", heldRecord(earlier, "cache", { date }));
    const keys = (): (string | undefined)[][] =>
      rows("rotation")
        .filter(({ kind }) => kind === "keys")
        .map((row) => [row.name, row.now, row.knownFrom, row.seenInUse]);
    write("evidence.json", now);
    sheets("--previous", previous, "--verification", record);
    assert.deepEqual(keys(), [
      ["1.1", "no longer accepted", previous, date.slice(0, 10)],
      ["1.2", "in use", at("evidence.json"), ""],
    ]);
    sheets();
    assert.deepEqual(keys(), [["1.2", "in use", at("evidence.json"), ""]]);
    write("evidence.json", evidence);
  });

  it("takes no key from earlier evidence: whoever signs has to be one who may sign now", async () => {
    const { publicKey } = await newSshKey(folder, "mallory");
    const operators = [{ name: "mallory", sshPublicKey: publicKey }];
    const forged = evidenceOfAws({ operators, rotation: { keys: 7 } });
    const previous = write("forged.json", forged);
    const record = write("forgedRecord.json", heldRecord(forged, "cache", { date: daysAgo(40) }));
    signFile(record, at("mallory"));
    const row = (): Row | undefined => rows("rotation").find(({ name }) => name === "1.7");
    const { said } = sheets("--previous", previous, "--verification", record);
    assert.deepEqual([row()?.seenInUse, row()?.knownFrom], ["", `${previous} (no signed record is of it)`]);
    assert.match(
      said[0] ?? "",
      /^\S+forgedRecord\.json does not show that \S+forged\.json was in use: its signature is not that of a key that may sign, .* \(who may: ada\)\.$/,
    );
    // The control case: the key is named.
    sheets("--previous", previous, "--verification", record, "--signer", at("mallory.pub"));
    assert.deepEqual([row()?.seenInUse, row()?.knownFrom], [daysAgo(40).slice(0, 10), previous]);
  });

  for (const [given, message] of [
    ["web", /--app-hosts: got "web"\. Give a client and a number of hosts, such as web=3\./],
    ["web=many", /--app-hosts: got "web=many"/],
    ["wbe=1", /--app-hosts: wbe: no such client\. Clients of this cache: web\./],
  ] as const) {
    it(`refuses ${given} as a number of hosts`, () => {
      assert.throws(() => sheets("--app-hosts", given), message);
    });
  }

  it("refuses one client twice, earlier evidence of another cache, and what is none", () => {
    assert.throws(() => sheets("--app-hosts", "web=1", "--app-hosts", "web=2"), /--app-hosts: web is given twice/);
    const { deployed } = evidence;
    const kmsKeyArn = deployed.kmsKeyArn.replace("key/1", "key/2");
    const other = write("other.json", { ...evidence, deployed: { ...deployed, kmsKeyArn } });
    assert.throws(
      () => sheets("--previous", other),
      /--previous: \S+other\.json is the evidence of the cache sessions /,
    );
    assert.throws(() => sheets("--previous", at("missing.json")), /--previous: \S+ could not be read/);
  });
});
