import assert from "node:assert/strict";
import fc from "fast-check";
import { printable, printableLines } from "../../../src/evidence/printable.js";
import { verificationText } from "../../../src/verify/table.js";
import type { VerificationRecord } from "../../../src/evidence/record.js";
import { verification } from "../../../src/verify/verification.js";
import { about, assessment, judged } from "./judged.js";

describe("a verification's text", () => {
  const lines = (record: VerificationRecord): string[] => verificationText(record).split("\n");
  /** The cells of the table's rows, as they are read. */
  const rows = (record: VerificationRecord): string[][] =>
    lines(record)
      .filter((line) => line.startsWith("│"))
      .map((line) =>
        line
          .split("│")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );

  it("has a table of what was looked at, planned deviations, findings in full, and how many", () => {
    const record = judged("cache", [
      { exitCode: 0, stdout: "a" },
      { exitCode: 0, stdout: "" },
    ]);
    assert.equal(lines(record)[0], "Cache sessions, target cache, on i-0a host, by a test, 2026-11-26T00:00:00.000Z");
    assert.deepEqual(rows(record), [
      ["Control", "", "What was looked at"],
      ["first", "finding", "✔ it is"],
      ["", "", "✖ it fails"],
    ]);
    const end = lines(record).findIndex((line) => line.startsWith("└"));
    assert.deepEqual(lines(record).slice(end + 1), [
      "Planned, but weaker than the default: operatorIdleLogoffMinutes (60 minutes; automatic-logoff).",
      "Not looked at from here: second, third, fourth, fifth.",
      "",
      "Finding: first: First (45 CFR 164.312(b), 164.312(d))",
      "  Not so: it fails",
      "    expected: the command fails",
      "    found: exit code 0",
      "1 finding: first.",
    ]);
  });

  it("says that there are none, of how many", () => {
    const record = judged("aws", [{ exitCode: 0, stdout: "" }]);
    assert.equal(lines(record).at(-1), "No findings: all 1 controls that were looked at hold.");
    const all = { ...record, controls: record.controls.slice(0, 1), deviations: [] };
    assert.match(verificationText(all), /┘\nNo findings/);
  });

  it("shows a value that holds where it has a figure and is short, on one line, and says where nothing was found", () => {
    const shown = (found: string, holds = true): string | undefined => {
      const checks = [{ by: "aws" as const, shows: "x", holds, expected: "y", found }];
      const control = {
        id: "c",
        title: "C",
        hipaa: [],
        status: holds ? "holds" : "finding",
        checks,
      } as const;
      const record: VerificationRecord = {
        ...judged("aws", []),
        findings: [],
        deviations: [],
        controls: [control],
      };
      return holds
        ? rows(record)
            .slice(1)
            .map(([, , cell]) => cell)
            .join(" ")
        : lines(record).slice(-5).join("\n");
    };
    assert.equal(shown("1.2\n 3"), "✔ x (1.2 3)");
    assert.equal(shown("active"), "✔ x");
    assert.match(shown("7".repeat(300)) ?? "", /7{40}/);
    assert.equal(shown("7".repeat(301)), "✔ x");
    assert.equal(
      shown("", false),
      [
        "Finding: c: C",
        "  Not so: x",
        "    expected: y",
        "    found: nothing",
        "No findings: all 1 controls that were looked at hold.",
      ].join("\n"),
    );
  });

  it("has nothing of what a host said that a terminal obeys, or that looks like a line of its own", () => {
    const evil = "\u001b[2J\u009b31m\r\u202eNo findings\u0007\nNo findings: all 1 controls hold.";
    const text = verificationText(judged("cache", [{ exitCode: 0, stdout: evil }, undefined]));
    assert.equal(printableLines(text), text);
    assert.ok(text.includes(String.raw`found: \u{1b}[2J\u{9b}31m\u{d}\u{202e}No findings\u{7}`));
    assert.ok(text.includes("\n           No findings: all 1 controls hold."));
    assert.match(text, /\n1 finding: first\.$/);
  });

  it("and what is kept of it are printable, whatever a host says", () => {
    const anything = fc.string({ unit: "binary", maxLength: 600 });
    fc.assert(
      fc.property(anything, anything, anything, fc.integer({ min: 0, max: 255 }), (one, two, where, exitCode) => {
        const results = [one, two].map((stdout) => ({ exitCode, stdout }));
        const at = { ...about, host: printable(where) };
        const record = verification({ assessment, target: "cache", commands: [] }, results, at);
        for (const { found } of record.controls.flatMap(({ checks }) => checks))
          assert.equal(printableLines(found), found);
        assert.equal(printableLines(verificationText(record)), verificationText(record));
      }),
    );
  });

  it("has a table as wide as the terminal, 80 to 122 columns, and 122 where there is none", () => {
    const record = judged("cache", [{ exitCode: 0, stdout: `a 1 ${"long ".repeat(50)}` }, undefined]);
    const widths = (columns?: number): number[] => {
      const table = verificationText(record, columns)
        .split("\n")
        .filter((line) => /^[│┌├└]/.test(line));
      return [...new Set(table.map((line) => line.length))];
    };
    assert.deepEqual([undefined, 40, 80, 100, 200].map(widths), [[122], [80], [80], [100], [122]]);
  });

  it("says of AWS that no account answered, where there are findings because of that", () => {
    const asked = (target: "aws" | "cache", host: string): string =>
      verificationText({ ...judged(target, [undefined]), host });
    const nobody = /\n\nNo AWS account answered .*\n1 finding: .*$/;
    assert.match(asked("aws", "vm"), nobody);
    assert.doesNotMatch(asked("aws", "123456789012 https://sts.us-east-1.amazonaws.com vm"), nobody);
    assert.doesNotMatch(asked("cache", "i-0a host"), nobody);
    assert.doesNotMatch(verificationText(judged("aws", [{ exitCode: 0, stdout: "" }])), /No AWS account/);
  });
});
