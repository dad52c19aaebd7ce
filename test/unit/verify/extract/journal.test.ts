import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execaSync } from "execa";
import { journalCommand, journalEnd, mostJournalLines } from "../../../../src/evidence/journalCommands.js";
import { readJournal, type ReadJournal } from "../../../../src/verify/extract/journal.js";

const period = { since: new Date("2026-11-01T00:00:00Z"), until: new Date("2026-11-02T00:00:00Z") };

function line(time: string, message: unknown = "x"): string {
  return JSON.stringify({ __REALTIME_TIMESTAMP: `${Date.parse(time)}000`, MESSAGE: message });
}

const oldest = line("2026-10-01T00:00:00Z");
const inPeriod = line("2026-11-01T12:00:00Z", "hello");
const ended = `${journalEnd}0`;

describe("what a journal has told of a period", () => {
  const read = (...lines: string[]): ReadJournal =>
    readJournal({ exitCode: 0, stdout: `${lines.join("\n")}\n` }, period);

  it("is its lines, each with its time and text", () => {
    assert.deepEqual(read(oldest, inPeriod, ended), {
      lines: [{ date: new Date("2026-11-01T12:00:00Z"), message: "hello" }],
      gaps: [],
    });
  });

  it("begins with its first moment and ends before its last", () => {
    const times = [
      "2026-10-31T23:59:59.999Z",
      "2026-11-01T00:00:00Z",
      "2026-11-01T23:59:59.999Z",
      "2026-11-02T00:00:00Z",
    ];
    assert.deepEqual(
      read(oldest, ...times.map((time) => line(time)), ended).lines.map(({ date }) => date.toISOString()),
      ["2026-11-01T00:00:00.000Z", "2026-11-01T23:59:59.999Z"],
    );
  });

  it("has texts that journalctl writes as bytes", () => {
    const bytes = [...Buffer.from("ä\u001b[0m")];
    assert.equal(read(oldest, line("2026-11-01T12:00:00Z", bytes), ended).lines[0]?.message, "ä\u001b[0m");
  });

  const gaps: readonly (readonly [what: string, lines: string[], gap: RegExp])[] = [
    ["journalctl has failed", [oldest, inPeriod, `${journalEnd}1`], /did not come to its end/],
    ["its end is missing", [oldest, inPeriod], /did not come to its end/],
    ["it is empty", [ended], /the journal is empty/],
    ["it begins later than the period", [inPeriod, inPeriod, ended], /begins at 2026-11-01T12:00/],
    ["a line is no JSON", [oldest, "x", ended], /not in the journal's form/],
    ["a line has no time", [oldest, '{"MESSAGE":"x"}', ended], /not in the journal's form/],
    ["a line is too long", [oldest, line("2026-11-01T12:00:00Z", null), ended], /too long/],
    [
      "there are more lines than are read",
      [oldest, ...Array.from({ length: mostJournalLines + 1 }, () => inPeriod), ended],
      /only its last 40000 lines/,
    ],
  ];
  for (const [what, lines, gap] of gaps) {
    it(`is not whole where ${what}`, () => {
      const found = read(...lines).gaps;
      assert.equal(found.length, 1, found.join());
      assert.match(found[0] ?? "", gap);
    });
  }

  it("is not whole where it was not read at all", () => {
    assert.deepEqual(readJournal(undefined, period).gaps, ["the script did not read it"]);
    assert.deepEqual(readJournal({ exitCode: 124, stdout: "" }, period).gaps, ["it could not be read (exit code 124)"]);
  });
});

describe("the command that reads a journal", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "journal-"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** Run by sh, with a stand-in for journalctl. */
  const run = (name: "sshd" | "sudo" | "tunnel", journalctl: string): ReadJournal => {
    writeFileSync(join(folder, "journalctl"), `#!/bin/dash\nprintf '%s\\n' "$*" >>${folder}/asked\n${journalctl}\n`);
    chmodSync(join(folder, "journalctl"), 0o755);
    const command = journalCommand(name, period);
    const { stdout, exitCode = -1 } = execaSync("sh", ["-c", command], {
      env: { PATH: `${folder}:${process.env.PATH ?? ""}` },
    });
    return readJournal({ exitCode, stdout }, period);
  };

  it("asks for the period, in UTC, by program, and tells whether it could", () => {
    rmSync(join(folder, "asked"), { force: true });
    const print = `case "$*" in *--since*) echo '${inPeriod}' ;; *) echo '${oldest}' ;; esac`;
    assert.equal(run("sshd", print).lines.length, 1);
    assert.deepEqual(run("sshd", print).gaps, []);
    const [, asked = ""] = readFileSync(join(folder, "asked"), "utf8").split("\n");
    assert.match(
      asked,
      /--since=2026-11-01 00:00:00 UTC --until=2026-11-02 00:00:00 UTC _EXE=\/usr\/sbin\/sshd _EXE=\/usr\/lib\/openssh\/sshd-session$/,
    );
    assert.deepEqual(run("sshd", "exit 1").gaps, ["journalctl did not come to its end", "the journal is empty"]);
  });

  it("leaves arguments of commands on the host, and what it doesn't need of a line", () => {
    const begin = "     ada : PWD=/home/ada ; USER=root ; COMMAND=";
    const twoWays = "     ada : PWD=/x ; USER=a ; COMMAND=/usr/bin/true ; USER=root ; COMMAND=/usr/bin/id";
    const texts: readonly (readonly [said: string, brought: string])[] = [
      [`${begin}/usr/bin/id`, `${begin}/usr/bin/id`],
      [`${begin}/usr/bin/redis-cli GET "patient \\ Jane" ; x`, `${begin}/usr/bin/redis-cli (arguments)`],
      [twoWays, twoWays],
    ];
    const rows = texts.map(([message]) => {
      const time = `${Date.parse("2026-11-01T12:00:00Z")}000`;
      const head = { __CURSOR: "s=1;i=2", __REALTIME_TIMESTAMP: time, __MONOTONIC_TIMESTAMP: "1" };
      return `${JSON.stringify({ ...head, MESSAGE: message, _BOOT_ID: "0" })}\n`;
    });
    writeFileSync(join(folder, "lines"), rows.join(""));
    const print = `case "$*" in *--since*) cat ${folder}/lines ;; *) echo '${oldest}' ;; esac`;
    const { lines, gaps } = run("sudo", print);
    assert.deepEqual(gaps, []);
    assert.deepEqual(
      lines.map(({ message }) => message),
      texts.map(([, brought]) => brought),
    );
    const { stdout } = execaSync("sh", ["-c", journalCommand("sudo", period)], {
      env: { PATH: `${folder}:${process.env.PATH ?? ""}` },
    });
    assert.doesNotMatch(stdout, /Jane|CURSOR|MONOTONIC/);
  });

  it("brings of the tunnel's lines those that tell of refusals", () => {
    const texts = [
      "10.0.16.5:1 web.sessions CC 1 ms, 0 bytes in, 0 bytes out",
      "10.0.16.5:1 out.sessions PR 1 ms, 0 bytes in, 0 bytes out",
      "10.0.16.5:1 refused: SSL handshake failure error:0A000102:SSL routines::unsupported protocol",
      "2026.11.29 10:23:12 LOG5[0]: Certificate accepted at depth=0: CN=web.sessions",
      "2026.11.29 10:23:12 LOG4[1]: Rejected by CERT at depth=0: CN=out.sessions",
      "2026.11.29 10:23:12 LOG5[1]: Service [redis] accepted connection from 10.0.16.5:2",
    ];
    writeFileSync(join(folder, "lines"), texts.map((text) => `${line("2026-11-01T12:00:00Z", text)}\n`).join(""));
    const print = `case "$*" in *--since*) cat ${folder}/lines ;; *) echo '${oldest}' ;; esac`;
    const { lines, gaps } = run("tunnel", print);
    assert.deepEqual(gaps, []);
    assert.deepEqual(
      lines.map(({ message }) => texts.indexOf(message ?? "")),
      [1, 2, 4, 5],
    );
  });
});
