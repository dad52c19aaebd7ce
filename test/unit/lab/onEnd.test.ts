import assert from "node:assert/strict";
import { execa, type Result } from "execa";
import { repositoryRoot } from "../../../lab/stateFolder.js";

/** Runs a program that says "ready" when it may be sent the signal, and tells what it said and how it ended. */
async function run(
  program: string,
  signal?: NodeJS.Signals,
): Promise<Pick<Result, "exitCode" | "signal"> & { said: string[] }> {
  const code = `
    import { setTimeout as pause } from "node:timers/promises";
    import { execa } from "execa";
    import { onEnd, onSignal } from "./lab/onEnd.js";
    const wait = setInterval(() => undefined, 1000);
    ${program}
    console.log("ready");`;
  const options = ["--import", "tsx", "--input-type=module", "--eval", code];
  const child = execa(process.execPath, options, { cwd: repositoryRoot, reject: false, timeout: 120_000 });
  const said: string[] = [];
  for await (const line of child) {
    said.push(line);
    if (line === "ready" && signal !== undefined) child.kill(signal);
  }
  const { exitCode, signal: endedBy } = await child;
  return { said, exitCode, signal: endedBy };
}

const slowly = (what: string): string => `onSignal(async () => { await pause(50); console.log("${what}"); });`;

describe("when a process ends", () => {
  it("a signal ends it once all that is to be cleaned is clean", async () => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      const program = `${slowly("one")} onEnd(() => { console.log("two"); }); ${slowly("three")}`;
      const { said, signal: endedBy } = await run(program, signal);
      assert.deepEqual([...said].sort(), ["one", "ready", "three", "two"]);
      assert.equal(endedBy, signal);
    }
  });

  it("a second signal does not cut the cleaning short, nor does execa, whose own listener ends the process", async () => {
    const program = `
      const child = execa("sleep", ["60"], { reject: false });
      onSignal(async (signal) => {
        process.kill(process.pid, signal);
        await pause(50);
        child.kill();
        await child;
        console.log("clean");
      });`;
    assert.deepEqual(await run(program, "SIGINT"), {
      said: ["ready", "clean"],
      exitCode: undefined,
      signal: "SIGINT",
    });
  });

  it("leaves ending to others who listen, and what was called off undone", async () => {
    const program = `
      onEnd(() => { console.log("clean"); });
      onEnd(() => { console.log("never"); })();
      process.on("SIGTERM", () => { setTimeout(() => process.exit(7), 50); });`;
    assert.deepEqual(await run(program, "SIGTERM"), {
      said: ["ready", "clean"],
      exitCode: 7,
      signal: undefined,
    });
  });

  it("cleans what can be cleaned at once when it ends by itself", async () => {
    const program = `onEnd(() => { console.log("clean"); }); ${slowly("never")} clearInterval(wait);`;
    assert.deepEqual(await run(program), { said: ["ready", "clean"], exitCode: 0, signal: undefined });
  });

  it("says why cleaning has failed, and ends all the same", async () => {
    const program = `onSignal(() => Promise.reject(new Error("stuck"))); process.on("exit", () => undefined);`;
    assert.equal((await run(program, "SIGTERM")).signal, "SIGTERM");
  });
});
