import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { resultsHeader } from "../../../src/verify/script.js";
import { readResults, type Results } from "../../../src/verify/scriptResults.js";
import { challenge, commands, header } from "./asked.js";

/** What a script might print: lines of results, compressed as it does. */
function packed(...lines: readonly string[]): string {
  return `${header}\n${gzipSync(lines.map((line) => `${line}\n`).join("")).toString("base64")}\n`;
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** What a command has printed, with its number and exit code before it. */
function answer(index: number, exitCode: number, stdout: string): string {
  return `${index} ${exitCode} ${Buffer.byteLength(stdout)}\n${stdout}`;
}

/** The first of these lines, a minute after the script was printed. */
function at(date = "2026-11-26T12:01:00Z", names = "i-0a\nip-10-0-0-4\n"): string {
  return `at ${Date.parse(date) / 1000} ${base64(names)}`;
}

function printed(...lines: readonly string[]): string {
  return packed(at(), ...lines);
}

const now = new Date("2026-11-26T12:02:00Z");

function read(asked: readonly string[], text: string, when = now): Results {
  return readResults(asked, challenge, text, when);
}

describe("the results of a script", () => {
  it("are those of each command by its number, in any order, and none where the script did not run this check", () => {
    const one = { exitCode: 0, stdout: "one\nä" };
    const two = { exitCode: 124, stdout: "" };
    const [first, second] = [answer(0, 0, one.stdout), answer(1, 124, "")];
    assert.deepEqual(read(commands, printed(first, second)).results, [one, two]);
    assert.deepEqual(read(commands, printed(second, first)).results, [one, two]);
    assert.deepEqual(read(commands, printed(second)).results, [undefined, two]);
    assert.deepEqual(read(commands, printed()).results, [undefined, undefined]);
    // A thirteenth command is not the third one, and what nobody asked is nobody's.
    assert.deepEqual(read(commands, printed(answer(12, 0, ""), answer(1, 0, ""))).results, [
      undefined,
      { exitCode: 0, stdout: "" },
    ]);
  });

  it("may have anything before them, such as a host's greeting", () => {
    assert.deepEqual(
      read(["x"], `Welcome\n${printed(answer(0, 0, "")).replace(header, resultsHeader(["x"], challenge))}`).results,
      [{ exitCode: 0, stdout: "" }],
    );
  });

  const strange = [at(), "", "0 0", "0 0 ", "a 0 0", "0 0 !", "0  0 0", "-1 0 0", "0 0 0 x", " 0 0 0"];
  for (const line of [...strange, "0 0 1", "0 0 -1", "1 0 1234567890"]) {
    it(`have no line such as ${JSON.stringify(line)}`, () => {
      assert.throws(() => read(commands, printed(answer(0, 0, ""), line)), {
        message: `The results have a line that no check prints: ${line}`,
      });
    });
  }

  it("say when and where, by the clock and the names of a host", () => {
    const { date, host } = read(commands, printed());
    assert.deepEqual([date.toISOString(), host], ["2026-11-26T12:01:00.000Z", "i-0a ip-10-0-0-4"]);
    const long = read(commands, packed(at(undefined, `\u001b[2J${"x".repeat(400)}`)));
    assert.equal(long.host, String.raw`\u{1b}[2J${"x".repeat(296)}`);
    for (const line of ["at", "at x ", "at 1 !", "at -1 ", " at 1 ", "at 123456789012 "])
      assert.throws(() => read(commands, packed(line, answer(0, 0, ""))), {
        message: "The results don't say when and where the script ran.",
      });
  });

  const times: readonly (readonly [string, string, RegExp | undefined])[] = [
    ["2026-11-26T11:54:59Z", "2026-11-26T12:01:00Z", /^The results are from 2026-11-26T11:54:59\.000Z, by the/],
    ["2026-11-26T11:55:00Z", "2026-11-26T12:01:00Z", undefined],
    ["2026-11-26T12:06:00Z", "2026-11-26T12:01:00Z", undefined],
    ["2026-11-26T12:06:01Z", "2026-11-26T12:01:00Z", /Set that clock right and run the script again\.$/],
    ["2026-11-26T12:01:00Z", "2026-11-27T12:01:00Z", undefined],
    ["2026-11-26T12:01:00Z", "2026-11-27T12:01:01Z", /more than 24 hours ago: print a new script/],
    // A script may wait; what it prints may not.
    ["2026-12-26T12:00:00Z", "2026-12-26T12:01:00Z", undefined],
  ];
  for (const [ran, judged, message] of times) {
    it(`are ${message === undefined ? "taken" : "refused"} when they are of ${ran} and it is ${judged}`, () => {
      const judge = (): Results => read(commands, packed(at(ran)), new Date(judged));
      if (message === undefined) assert.equal(judge().date.getTime(), Date.parse(ran));
      else assert.throws(judge, { message });
    });
  }

  it("are refused where they are longer than a host has to say", () => {
    const bomb = gzipSync(Buffer.alloc(65 * 1024 ** 2)).toString("base64");
    assert.throws(() => read(commands, `${header}\n${bomb}`), { message: /^The results are cut off or/ });
  });

  it("are quoted no longer than a line of a terminal", () => {
    assert.throws(() => read(commands, printed("x".repeat(81))), {
      message: `The results have a line that no check prints: ${"x".repeat(80)}`,
    });
  });

  it("are refused where they were torn anywhere, with what to do", () => {
    const whole = printed(answer(0, 0, "one"), answer(1, 0, "two")).trimEnd();
    const torn = "The results are cut off or were changed on the way: run the script again.";
    for (let length = header.length; length < whole.length - 4; length += 1) {
      assert.throws(
        () => read(commands, whole.slice(0, length)),
        (error: Error) => error.message === torn && error.cause instanceof Error,
      );
    }
  });

  it("are refused where they are another script's, or none", () => {
    assert.throws(() => read(["echo one"], printed(answer(0, 0, ""))), {
      message:
        "These are results of another run, another cache, another target or another version of this library: print a new script, and run that one.",
    });
    for (const text of ["", "permission denied", `results ${"0".repeat(64)}`, `-results ${"0".repeat(63)}`]) {
      assert.throws(() => read(commands, text), {
        message: "This is not the output of a script from `verify --print-script`.",
      });
    }
  });
});
