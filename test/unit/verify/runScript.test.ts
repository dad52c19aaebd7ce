import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bySsh, runScript, thisMachine, type Place } from "../../../src/verify/runScript.js";

const place = (...command: [string, ...string[]]): Place => ({ command, name: "a place" });

describe("a place where a script is run", () => {
  it("is this machine, or a host that an operator signs in to by ssh with sudo there", () => {
    assert.deepEqual(thisMachine, { command: ["sh", "-s"], name: "this machine" });
    assert.deepEqual(bySsh("ada@10.0.0.100", []), {
      command: ["ssh", "--", "ada@10.0.0.100", "sudo", "sh", "-s"],
      name: "ssh ada@10.0.0.100",
    });
    assert.deepEqual(bySsh("node", ["ProxyJump=ada@bastion", "Port=22"]), {
      command: ["ssh", "-o", "ProxyJump=ada@bastion", "-o", "Port=22", "--", "node", "sudo", "sh", "-s"],
      name: "ssh node",
    });
  });

  for (const destination of ["ada@[fd00::1%eth0]", "_a", "A-b.c:22"]) {
    it(`may be ${destination}`, () => {
      assert.equal(bySsh(destination, []).name, `ssh ${destination}`);
    });
  }

  for (const destination of ["", "-oProxyCommand=id", "@host", "a b", "a;b", "a\n", "ada@host$(id)"]) {
    it(`is never ${JSON.stringify(destination)}`, () => {
      assert.throws(() => bySsh(destination, []), {
        message: `--ssh: got ${JSON.stringify(destination)}. Give a destination as ssh(1) takes it, such as ada@10.0.0.100.`,
      });
    });
  }
});

describe("a script that is run", () => {
  it("is read from standard input, and what it prints comes back", () => {
    assert.equal(runScript(thisMachine, "echo one\nprintf ä"), "one\nä");
  });

  it("may print more than Node.js takes by default", () => {
    assert.equal(runScript(thisMachine, "head --bytes=2000000 /dev/zero | tr '\\0' x").length, 2_000_000);
  });

  it("is an error where it does not come to its end, with what to do", () => {
    for (const [script, message] of [
      [
        "exit 77",
        "The checks of a host look at what only root can see: sign in with --ssh, or have root run the script that --print-script prints (docs/verify.md).",
      ],
      ["exit 1", "The checks could not be run on a place: sh ended with 1; see its own message above."],
      ["kill -KILL $$", "The checks could not be run on a place: sh ended with null; see its own message above."],
    ] as const)
      assert.throws(() => runScript(place("sh", "-s"), script), { message });
    assert.throws(() => runScript(place("/no/such/program"), ""), {
      message: "/no/such/program could not be run: spawnSync /no/such/program ENOENT",
    });
  });

  it("says nothing to the terminal that a terminal obeys, or that could be a line of ours", () => {
    const write = process.stderr.write.bind(process.stderr);
    const said: string[] = [];
    process.stderr.write = (text: string | Uint8Array) => said.push(String(text)) > 0;
    try {
      assert.equal(runScript(thisMachine, "printf '\\033]0;title\\007\\nnext' >&2; echo out"), "out\n");
    } finally {
      process.stderr.write = write;
    }
    assert.deepEqual(said, [String.raw`sh: \u{1b}]0;title\u{7}` + "\nsh: next"]);
  });

  it("is given to the command with all of its arguments", () => {
    const folder = mkdtempSync(join(tmpdir(), "run-script-"));
    try {
      const file = join(folder, "ssh");
      writeFileSync(file, `#!/bin/sh\nprintf '%s\\n' "$@" >${folder}/arguments\ncat\n`);
      chmodSync(file, 0o755);
      assert.equal(runScript(place(file, "-o", "A=b c", "--", "host"), "the script"), "the script");
      assert.equal(readFileSync(join(folder, "arguments"), "utf8"), "-o\nA=b c\n--\nhost\n");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
