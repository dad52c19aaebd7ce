import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import fc from "fast-check";
import { clientProblems } from "../../../src/arguments/clientProblems.js";
import { userDataPartProblems } from "../../../src/arguments/userDataPart.js";
import { sampleConnection } from "../../support/sample.js";
import { refusedConfigs, takenConfigs } from "../../support/userDataParts.js";
import { lines } from "./lines.js";

const told = (part: unknown): string[] => lines(userDataPartProblems("part", part));

describe("parts of the caller's own user data", () => {
  const beginning = 'Begin it with "#cloud-config" or "#!" (an interpreter) on its first line.';

  it("are scripts, or cloud-config that is a mapping", () => {
    for (const sound of ["#!/bin/sh", "#!/bin/sh\n", "#cloud-config\npackages: [git]\n"])
      assert.deepEqual(told(sound), []);
  });

  it("have a first line that cloud-init knows", () => {
    const others = ["", "echo hello #!", "# a\n#cloud-config\n", "#include\n", "#cloud-boothook\n"];
    for (const part of [...others, "#cloud-config-archive\n- a\n", "#cloud-config-jsonp\n", "\t#cloud-config\n"]) {
      assert.deepEqual(told(part), [`part: got a different first line. ${beginning}`], part);
    }
    for (const part of ["\uFEFF#cloud-config\n", "\uFEFF#!/bin/sh\n"]) {
      assert.deepEqual(told(part), [
        "part: got a byte order mark before the first line. Save the file as UTF-8 without one.",
      ]);
    }
    for (const sound of ["#cloud-config", "#cloud-config # mine\n", "\r\n #Cloud-Config\n"])
      assert.deepEqual(told(sound), []);
    assert.deepEqual(told(5), [`part: got a value that is not a string. ${beginning}`]);
    assert.deepEqual(told("#!/bin/sh\n\ud83d"), ["part: got half a character. Give a string of whole characters."]);
  });

  it("are scripts that Linux can start", () => {
    for (const sound of ["#!/bin/sh\r\necho\r\n", "#!/bin/sh\necho\r\n", "#!/bin/sh\n\r"])
      assert.deepEqual(told(sound), []);
    for (const part of ["#!/bin/sh\recho\r", "#!/bin/sh\r", "#!/bin/sh\r\r\necho\r\n"]) {
      assert.deepEqual(told(part), [
        "part: got a carriage return inside the line of #!. End the script's lines with LF.",
      ]);
    }
    const name = 'Name it by its whole path, such as "#!/bin/sh" or "#!/usr/bin/env python3".';
    for (const blank of ["", " ", "\t", " \t "]) {
      for (const end of ["", "\n", "\r\n", "\necho\n", "\r\necho\r\n", "\n/bin/sh\n"])
        assert.deepEqual(told(`#!${blank}${end}`), [`part: got #! without an interpreter. ${name}`]);
    }
    for (const part of ["#!sh\n", "#! bash\r\n", "#!./run -e\n", "#!$SHELL\n"])
      assert.deepEqual(told(part), [`part: got #! with an interpreter that has no whole path. ${name}`]);
    for (const sound of ["#! /bin/sh", "#!\t/bin/sh -e\n", "#!/usr/bin/env python3\r\n"])
      assert.deepEqual(told(sound), []);
    assert.deepEqual(told("\n#!/bin/sh\n"), ["part: got blanks before #!. A script begins with #!: remove them."]);
  });
});

describe("the caller's cloud-config", () => {
  for (const { body, at, got, instead } of refusedConfigs) {
    it(`is refused by name, and not with what it says: ${JSON.stringify(body)}`, () => {
      const [problem, ...more] = userDataPartProblems("part", `#cloud-config\n${body}`);
      assert.deepEqual([problem?.path, problem?.got, more], [`part${at}`, got, []]);
      assert.deepEqual(told(`#cloud-config\n${instead}`), []);
    });
  }

  it("is taken as it is wherever cloud-init takes it", () => {
    for (const body of takenConfigs) assert.deepEqual(told(`#cloud-config${body}`), [], body);
  });

  it("is told with every problem, and with what to write", () => {
    assert.deepEqual(told("#cloud-config\npackages: git\nruncmd: ['a', 5]\nmerge_how: secret\n"), [
      "part.merge_how: got a string. Parts are merged in one way only, in which lists are added to the tunnel's, and nothing of the tunnel's is replaced: leave it out.",
      "part.packages: got a string. cloud-init adds lists to the tunnel's: write packages: [git].",
      "part.runcmd[1]: got a number. A command is a string or a list of words: put a string with a colon in quotes.",
    ]);
    assert.deepEqual(told("#cloud-config\na: [\n"), [
      "part: got YAML that can't be read (BAD_INDENT) at line 3, column 1. Run `cloud-init schema` on this #cloud-config part.",
    ]);
  });

  it("never has its words in a problem", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (noise) => {
        const secret = "Zq7XvK2mWd9T";
        const problems = told(`#cloud-config\nruncmd: {${secret}: ${noise}${secret}\n${noise}${secret}: [*${secret}`);
        assert.ok(problems.length > 0);
        for (const line of problems) assert.ok(!line.includes(secret));
      }),
    );
  });
});

describe("additionalUserData", () => {
  it("is checked before anything is registered, but for parts that are known later", () => {
    const paths = (additionalUserData: unknown): string[] =>
      clientProblems("web", {
        connection: sampleConnection,
        appUser: "web",
        additionalUserData: additionalUserData as string[],
      }).map(({ path }) => path);
    assert.deepEqual(paths(["#!/bin/sh", "x", output("x")]), ["additionalUserData[1]"]);
    assert.deepEqual(paths("#!"), ["additionalUserData"]);
    assert.deepEqual([...paths([]), ...paths(undefined)], []);
  });
});
