import assert from "node:assert/strict";
import { journalEnd, journals } from "../../../../src/evidence/journalCommands.js";
import { entriesCsv } from "../../../../src/verify/extract/csv.js";
import type { Entry } from "../../../../src/verify/extract/entry.js";
import {
  extractCommands,
  extractOf,
  extractText,
  isWhole,
  type Extract,
} from "../../../../src/verify/extract/extract.js";
import { periodOf } from "../../../../src/verify/extract/period.js";

const period = { since: new Date("2026-11-01T00:00:00Z"), until: new Date("2026-11-02T00:00:00Z") };
const about = {
  cache: "sessions",
  date: new Date("2026-11-03T00:00:00Z"),
  place: "here",
  host: "i-0a host",
  nonce: "0",
  evidenceSha256: "e",
};

function result(...entries: (readonly [hour: string, message: string])[]): { exitCode: number; stdout: string } {
  const line = (time: string, message: string): string =>
    JSON.stringify({ __REALTIME_TIMESTAMP: `${Date.parse(time)}000`, MESSAGE: message });
  const lines = entries.map(([hour, message]) => line(`2026-11-01T${hour}:00:00Z`, message));
  return { exitCode: 0, stdout: [line("2026-10-01T00:00:00Z", ""), ...lines, `${journalEnd}0`].join("\n") };
}

const sudoLine = "     ada : PWD=/ ; USER=root ; COMMAND=/usr/bin/cat /run/x";
const quiet = result();
const extract = (...results: (ReturnType<typeof result> | undefined)[]): Extract =>
  extractOf("cache", period, results, about);

describe("the extract of a host's journals", () => {
  it("asks each journal, and takes the answers in that order", () => {
    assert.equal(extractCommands(period).length, Object.keys(journals).length);
    assert.deepEqual(
      extract(quiet, quiet, quiet, quiet, quiet).sources.map(({ name }) => name),
      ["sshd", "sudo", "the host's agent", "systemd", "the tunnel"],
    );
  });

  it("has the entries of all of them in the order in which they happened, and who, when and from where", () => {
    const found = extract(
      result(["08", "Disconnected from user ada 10.0.0.5 port 1"], ["10", "Invalid user x from 10.0.0.6 port 1"]),
      result(["09", sudoLine]),
      quiet,
      result(["07", "a.service: Failed with result 'timeout'."], ["11", "Started b."]),
      quiet,
    );
    assert.deepEqual(
      found.entries.map(({ time, source, kind, who, from }) => [time.slice(11, 13), source, kind, who, from].join(" ")),
      [
        "07 systemd failure a.service ",
        "08 sshd sign-in ada 10.0.0.5",
        "09 sudo sudo ada ",
        "10 sshd refusal (left out) 10.0.0.6",
      ],
    );
    assert.deepEqual(found.sources[3], { name: "systemd", lines: 2, entries: 1, gaps: [] });
    assert.ok(isWhole(found));
    assert.ok(!JSON.stringify(found).includes("/run/x"));
    assert.match(extractText(found), /^Entries: 1 sign-in, 1 sudo, 1 refusal, 1 failure\.$/m);
  });

  it("says what it could not read, and what nobody records", () => {
    const found = extract(quiet, undefined, quiet, { exitCode: 124, stdout: "" }, quiet);
    assert.ok(!isWhole(found));
    const text = extractText(found);
    assert.match(text, /^Not whole: sudo: the script did not read it\.$/m);
    assert.match(text, /^Not whole: systemd: it could not be read \(exit code 124\)\.$/m);
    assert.match(text, /^Not recorded: packets that the host's firewall drops/m);
    assert.match(text, /^Not recorded: commands that Redis refuses: ACL LOG is off/m);
  });

  it("has nothing in it that a terminal obeys", () => {
    const found = extract(quiet, quiet, result(["08", "hipaa-redis: alarm: \u001b[2J\u202ex"]), quiet, quiet);
    assert.equal(found.entries[0]?.what, "alarm: \\u{1b}[2J\\u{202e}x");
  });

  it("names the record before it only where there is one", () => {
    assert.ok(!("previousRecordSha256" in extract(quiet)));
    assert.equal(extractOf("cache", period, [], { ...about, previousRecordSha256: "p" }).previousRecordSha256, "p");
  });
});

describe("its entries as CSV", () => {
  const entry: Entry = { time: "t", kind: "refusal", source: "sshd", who: "ada", from: "10.0.0.5", what: "x" };
  const csv = (what: string): string =>
    entriesCsv([{ ...entry, what }])
      .split("\r\n")
      .slice(1)
      .join("\r\n");

  it("have a row of names first, and lines as RFC 4180 ends them", () => {
    assert.equal(entriesCsv([]), "time,kind,source,who,from,what\r\n");
    assert.equal(entriesCsv([entry]), "time,kind,source,who,from,what\r\nt,refusal,sshd,ada,10.0.0.5,x\r\n");
  });

  for (const [what, written] of [
    ["plain", "plain"],
    ["a,b", '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ["a\nb", '"a\nb"'],
    ["=1+1", "'=1+1"],
    ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(1)", "'@SUM(1)"],
    ["  =1", "'  =1"],
    ["\t=1", "'\t=1"],
    ["a=1", "a=1"],
    ["10.0.0.5", "10.0.0.5"],
  ] as const) {
    it(`write ${JSON.stringify(what)} so that no spreadsheet counts with it`, () => {
      assert.equal(csv(what), `t,refusal,sshd,ada,10.0.0.5,${written}\r\n`);
    });
  }
});

describe("the period of an extract", () => {
  const now = new Date("2026-11-29T10:00:00.500Z");
  const told = (since?: string, until?: string): string => {
    const period = periodOf(since, until, now);
    return `${period.since.toISOString()} ${period.until.toISOString()}`;
  };

  it("is the last 31 days, or what is asked for: dates in UTC, or with a time", () => {
    assert.equal(told(), "2026-10-29T10:00:00.000Z 2026-11-29T10:00:00.000Z");
    assert.equal(told("2026-11-01"), "2026-11-01T00:00:00.000Z 2026-11-29T10:00:00.000Z");
    assert.equal(told(undefined, "2026-11-02"), "2026-10-02T00:00:00.000Z 2026-11-02T00:00:00.000Z");
    assert.equal(
      told("2026-11-01T08:00+01:00", "2026-11-01T08:00:00Z"),
      "2026-11-01T07:00:00.000Z 2026-11-01T08:00:00.000Z",
    );
    assert.equal(told("2025-11-28", "2026-11-29"), "2025-11-28T00:00:00.000Z 2026-11-29T00:00:00.000Z");
  });

  for (const [since, until, message] of [
    ["yesterday", undefined, /^--since: got "yesterday"\. Give a date, such as 2026-11-01/],
    ["2026-11-31", undefined, /^--since: got "2026-11-31"/],
    ["2026-11-01'; id", undefined, /^--since: got /],
    ["2026-11-01T08:00", undefined, /^--since: got /],
    ["2026-11-01", "11/02/2026", /^--until: got /],
    ["2026-11-01", "2026-11-30", /^--until: got "2026-11-30", but it is now 2026-11-29/],
    ["2026-11-02", "2026-11-01", /^--since: 2026-11-02T00:00:00.000Z is not before --until/],
    ["2026-11-01", "2026-11-01", /is not before --until/],
    ["2025-11-27", "2026-11-29", /^--since: the period is longer than 366 days/],
  ] as const) {
    it(`is not ${since} to ${until ?? "now"}`, () => {
      assert.throws(() => periodOf(since, until, now), { message });
    });
  }
});
