import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execaSync } from "execa";
import { repositoryRoot } from "../../../lab/stateFolder.js";
import { answeringAccount, certificateNames, compareUsers, metadata } from "../../../src/evidence/hostCommands.js";
import { newChallenge } from "../../../src/verify/challenge.js";
import { challengeOf, checkScript, notRoot, resultsHeader } from "../../../src/verify/script.js";
import { readResults } from "../../../src/verify/scriptResults.js";
import { sampleEvidence } from "../../support/sample.js";
import { scriptHere } from "../../support/scriptHere.js";
import { challenge, challengeLine, commands, header } from "./asked.js";

const { libraryVersion } = sampleEvidence();
const checkUsersText = readFileSync(join(repositoryRoot, "src/host/scripts/check-users.sh"), "utf8");
/** What runs one command, as both kinds of script have it. */
const runOne = [
  "check() {",
  "  IFS= read -r command",
  '  output=$(timeout --kill-after=5 60 sh -c "$command" </dev/null 2>/dev/null)',
  `  printf '%s %s %s\\n%s\\n' "$1" "$?" "\${#output}" "$output"`,
  "}",
  "at() {",
];

const onHost = `${metadata("meta-data/instance-id")}; echo;`;

/** What says when and where, by the clock and the names of a host. */
function whenAndWhere(names: string): string[] {
  return [`  printf 'at %s %s\\n' "$(date +%s)" "$({ ${names} } 2>/dev/null | base64 --wrap=0)"`, "}", ""];
}

describe("the script that is to be read before it is run", () => {
  it("on a host demands root, has a folder and a PATH of its own, and runs one command after the other", () => {
    assert.deepEqual(checkScript("client", commands, challenge).split("\n"), [
      "#!/bin/sh",
      `# pulumi-hipaa-redis ${libraryVersion}: the checks of the target client. They change nothing and print no secret.`,
      challengeLine,
      "set -u",
      "export LC_ALL=C",
      "cd / || exit",
      "export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
      `[ "$(id -u)" -eq 0 ] || { echo 'Run this as root.' >&2; exit 77; }`,
      "",
      ...runOne,
      ...whenAndWhere(`${onHost} ${certificateNames}; uname -n;`),
      `echo '${header}'`,
      "{",
      "at",
      "check 0 <<'END_OF_CHECK'",
      "echo one",
      "END_OF_CHECK",
      "check 1 <<'END_OF_CHECK'",
      "echo two",
      "END_OF_CHECK",
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
    assert.deepEqual(checkScript("aws", five, challenge).split("\n"), [
      "#!/bin/sh",
      `# pulumi-hipaa-redis ${libraryVersion}: the checks of the target aws. They change nothing and print no secret.`,
      challengeLine,
      "set -u",
      "export LC_ALL=C",
      "",
      ...runOne,
      ...whenAndWhere(`${answeringAccount}; uname -n;`),
      `echo '${resultsHeader(five, challenge)}'`,
      "results=$(mktemp -d) || exit",
      `trap 'rm -r "$results"' EXIT`,
      'at >"$results/at" &',
      ...[0, 1, 2, 3].flatMap(run),
      "wait",
      ...run(4),
      "wait",
      'cat "$results/at" "$results"/[0-9]* | gzip | base64',
      "",
    ]);
  });

  it("brings the script that compares users, where a command calls it, and is headed by that as well", () => {
    const calls = [compareUsers("rights", "redis"), "echo two"];
    const script = checkScript("cache", calls, challenge);
    const brought = `CHECK_USERS=$(\ncat <<'END_OF_SCRIPT'\n${checkUsersText}END_OF_SCRIPT\n)\nexport CHECK_USERS\n`;
    assert.equal(script.split(brought).length, 2);
    assert.ok(script.indexOf("export CHECK_USERS") < script.indexOf("check 0"));
    // As what has no such script would be headed.
    const asked = createHash("sha256")
      .update([challengeLine, ...calls].join("\n"))
      .digest("hex");
    assert.ok(!resultsHeader(calls, challenge).includes(asked));
    assert.doesNotMatch(checkScript("cache", commands, challenge), /CHECK_USERS/);
  });

  it("has commands find that script whole, and give it their words", () => {
    const calls = (["passwords", "rights"] as const).map((part) => compareUsers(part, "redis"));
    const challenge = newChallenge();
    const says = `# it's "here"\nprintf '%s\\n' "$1"\n`;
    const input = scriptHere(calls, challenge).replace(checkUsersText, () => says);
    const { stdout } = execaSync("sh", ["-s"], { input });
    assert.deepEqual(readResults(calls, challenge, stdout).results, [
      { exitCode: 0, stdout: "passwords" },
      { exitCode: 0, stdout: "rights" },
    ]);
  });

  it("is headed by its challenge and the commands that it runs, in their order, whatever the target", () => {
    assert.equal(resultsHeader(commands, challenge), header);
    assert.notEqual(resultsHeader([...commands].reverse(), challenge), header);
    assert.notEqual(resultsHeader(commands.slice(1), challenge), header);
    assert.notEqual(resultsHeader(commands, { ...challenge, nonce: "0".repeat(32) }), header);
    assert.notEqual(resultsHeader(commands, { ...challenge, date: new Date(0) }), header);
  });

  it("has a challenge that can be read from it, and is made up anew each time", () => {
    const made = [newChallenge(), newChallenge()];
    for (const one of made) assert.deepEqual(challengeOf(checkScript("aws", commands, one)), one);
    assert.notEqual(made[0]?.nonce, made[1]?.nonce);
    for (const text of ["", challengeLine.replace("2026-11", "2026-99"), challengeLine.slice(0, -1)])
      assert.equal(challengeOf(text), undefined);
  });

  for (const command of ["a\nb", "a\r", "\na"]) {
    it(`takes no command of more than one line: ${JSON.stringify(command)}`, () => {
      assert.throws(() => checkScript("aws", ["echo one", command], challenge), {
        message: `A check's command has more than one line: ${command}`,
      });
    });
  }

  it("brings what commands print as it is, and takes them as they are written, whatever the user's locale", () => {
    const told = ["", "ä€😀", String.raw`a\\n  'b'  "$c"`, "0 0 1", "  1 0 0\n\nx"];
    const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
    const asked = [
      ...told.map((text) => `printf '%s\\n' ${text.split("\n").map(quoted).join(" ")}`),
      String.raw` printf '\304' ; exit 3 `,
    ];
    const input = scriptHere(asked, newChallenge());
    const challenge = challengeOf(input);
    assert.ok(challenge);
    for (const LC_ALL of ["C.UTF-8", "POSIX"]) {
      const { stdout } = execaSync("sh", ["-s"], { input, env: { LC_ALL } });
      assert.deepEqual(readResults(asked, challenge, stdout).results, [
        ...told.map((stdout) => ({ exitCode: 0, stdout })),
        { exitCode: 3, stdout: "\ufffd" },
      ]);
    }
  });

  it("says who may run it where it isn't root, and prints no results", () => {
    const input = checkScript("cache", commands, challenge).replace('"$(id -u)"', '"$(echo 1000)"');
    const { exitCode, stdout, stderr } = execaSync("sh", ["-s"], { input, reject: false });
    assert.deepEqual({ exitCode, stdout, stderr }, { exitCode: 77, stdout: "", stderr: "Run this as root." });
  });
});
