import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { execaSync } from "execa";
import { checkScript, notRoot, resultsHeader } from "../../../src/verify/script.js";
import { readResults } from "../../../src/verify/scriptResults.js";
import { sampleEvidence } from "../../support/sample.js";

const { libraryVersion } = sampleEvidence();
const commands = ["echo one", "echo two"];
const header = `pulumi-hipaa-redis-results ${createHash("sha256").update("echo one\necho two").digest("hex")}`;

/** What runs one command, as both kinds of script have it. */
const runOne = [
  "check() {",
  "  command=$(cat)",
  '  output=$(timeout --kill-after=5 60 sh -c "$command" </dev/null 2>/dev/null)',
  `  printf '%s %s %s\\n' "$1" "$?" "$(printf %s "$output" | base64 --wrap=0)"`,
  "}",
  "",
];

describe("the script that is to be read before it is run", () => {
  it("on a host demands root, has a folder and a PATH of its own, and runs one command after the other", () => {
    assert.deepEqual(checkScript("client", commands).split("\n"), [
      "#!/bin/sh",
      `# pulumi-hipaa-redis ${libraryVersion}: the checks of the role client. They change nothing and print no secret.`,
      "set -u",
      "export LC_ALL=C",
      "cd / || exit",
      "export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
      `[ "$(id -u)" -eq 0 ] || { echo 'Run this as root.' >&2; exit 77; }`,
      "",
      ...runOne,
      `echo '${header}'`,
      "{",
      ...["check 0 <<'END_OF_CHECK'", "echo one", "END_OF_CHECK"],
      ...["check 1 <<'END_OF_CHECK'", "echo two", "END_OF_CHECK"],
      "} | gzip | base64",
      "",
    ]);
    assert.equal(notRoot, 77);
  });

  it("for AWS takes its user's PATH, and runs four commands at a time, each into a file of its own", () => {
    const five = ["a", "b", "c", "d", "e"];
    const run = (index: number): string[] => [
      `check ${index} <<'END_OF_CHECK' >"$results/${index}" &`,
      five[index] ?? "",
      "END_OF_CHECK",
    ];
    assert.deepEqual(checkScript("aws", five).split("\n"), [
      "#!/bin/sh",
      `# pulumi-hipaa-redis ${libraryVersion}: the checks of the role aws. They change nothing and print no secret.`,
      "set -u",
      "export LC_ALL=C",
      "",
      ...runOne,
      `echo '${resultsHeader(five)}'`,
      "results=$(mktemp -d) || exit",
      `trap 'rm -r "$results"' EXIT`,
      ...[0, 1, 2, 3].flatMap(run),
      "wait",
      ...run(4),
      "wait",
      'cat "$results"/* | gzip | base64',
      "",
    ]);
  });

  it("is headed by the commands that it runs, in their order, whatever the role", () => {
    assert.equal(resultsHeader(commands), header);
    assert.notEqual(resultsHeader([...commands].reverse()), header);
    assert.notEqual(resultsHeader(commands.slice(1)), header);
  });

  for (const command of ["a\nb", "a\r", "\na"]) {
    it(`takes no command of more than one line: ${JSON.stringify(command)}`, () => {
      assert.throws(() => checkScript("aws", ["echo one", command]), {
        message: `A check's command has more than one line: ${command}`,
      });
    });
  }

  it("says who may run it where it isn't root, and prints no results", () => {
    const input = checkScript("cache", commands).replace('"$(id -u)"', '"$(echo 1000)"');
    const { exitCode, stdout, stderr } = execaSync("sh", ["-s"], { input, reject: false });
    assert.deepEqual({ exitCode, stdout, stderr }, { exitCode: 77, stdout: "", stderr: "Run this as root." });
  });
});

/** What a script might print: lines of results, compressed as it does. */
function printed(...lines: readonly string[]): string {
  return `${header}\n${gzipSync(lines.map((line) => `${line}\n`).join("")).toString("base64")}\n`;
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");

describe("the results of a script", () => {
  it("are those of each command by its number, in any order, and none where it was not come to", () => {
    const one = { exitCode: 0, stdout: "one\nä" };
    const two = { exitCode: 124, stdout: "" };
    const [first, second] = [`0 0 ${base64(one.stdout)}`, "1 124 "];
    assert.deepEqual(readResults(commands, printed(first, second)), [one, two]);
    assert.deepEqual(readResults(commands, printed(second, first)), [one, two]);
    assert.deepEqual(readResults(commands, printed(second)), [undefined, two]);
    assert.deepEqual(readResults(commands, printed()), [undefined, undefined]);
    // A thirteenth command is not the third one, and what nobody asked is nobody's.
    assert.deepEqual(readResults(commands, printed("12 0 ", "1 0 ")), [
      undefined,
      { exitCode: 0, stdout: "" },
    ]);
  });

  it("may have anything before them, such as a host's greeting", () => {
    assert.deepEqual(
      readResults(["x"], `Welcome\n${printed("0 0 ").replace(header, resultsHeader(["x"]))}`),
      [{ exitCode: 0, stdout: "" }],
    );
  });

  for (const line of ["0 0", "a 0 ", "0 0 !", "0  0 ", "-1 0 ", "0 0 = x", " 0 0 "]) {
    it(`have no line such as ${JSON.stringify(line)}`, () => {
      assert.throws(() => readResults(commands, printed("0 0 ", line)), {
        message: `The results have a line that no check prints: ${line}`,
      });
    });
  }

  it("are quoted no longer than a line of a terminal", () => {
    assert.throws(() => readResults(commands, printed("x".repeat(81))), {
      message: `The results have a line that no check prints: ${"x".repeat(80)}`,
    });
  });

  it("are refused where they were torn anywhere, with what to do", () => {
    const whole = printed(`0 0 ${base64("one")}`, `1 0 ${base64("two")}`).trimEnd();
    const torn = "The results are cut off or were changed on their way: run the script again.";
    for (let length = header.length; length < whole.length - 4; length += 1) {
      assert.throws(
        () => readResults(commands, whole.slice(0, length)),
        (error: Error) => error.message === torn && error.cause instanceof Error,
      );
    }
  });

  it("are refused where they are another script's, or none", () => {
    assert.throws(() => readResults(["echo one"], printed("0 0 ")), {
      message:
        "These are results of another cache, another role or another version of this library: print the script anew, and run that one.",
    });
    for (const text of ["", "permission denied", `results ${"0".repeat(64)}`, `-results ${"0".repeat(63)}`]) {
      assert.throws(() => readResults(commands, text), {
        message: "These are no results of a script of `verify --print-script`.",
      });
    }
  });
});
