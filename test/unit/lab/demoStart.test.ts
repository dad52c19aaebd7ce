import assert from "node:assert/strict";
import { execa } from "execa";
import { repositoryRoot } from "../../../lab/stateFolder.js";

const options = { cwd: repositoryRoot, reject: false } as const;
const start = (...args: string[]) => execa(process.execPath, ["lab/demo/start.mjs", ...args], options);

describe("what runs before the demo is built", () => {
  it("says what there is", async () => {
    const { stdout, stderr, exitCode } = await start("--help");
    assert.deepEqual([stderr, exitCode], ["", 0]);
    assert.match(stdout, /^npm run demo -- \[options\]/);
  });

  it("refuses what there isn't, and starts nothing", async () => {
    const { stdout, stderr, exitCode } = await start("--dwon");
    assert.deepEqual([stdout, exitCode], ["", 1]);
    assert.match(stderr, /^There is no option --dwon: did you mean --down\?\n[^]*Nothing was built or started\.$/);
  });

  const run = (...commands: string[][]) => {
    const code = `
      import { runInTurn } from "./lab/demo/runInTurn.mjs";
      process.exitCode = await runInTurn(${JSON.stringify(commands)}, { cwd: ".", env: process.env });`;
    return execa(process.execPath, ["--input-type=module", "--eval", code], options);
  };

  it("runs commands in turn until one fails, and ends as that one", async () => {
    const both = await run(["echo", "one"], ["echo", "two"]);
    assert.deepEqual([both.stdout, both.exitCode], ["one\ntwo", 0]);
    const failed = await run(["sh", "-c", "echo one; exit 7"], ["echo", "two"]);
    assert.deepEqual([failed.stdout, failed.exitCode], ["one", 7]);
  });

  it("passes a signal on, waits for the command to end in its own way, and begins no other", async () => {
    const trap = "trap 'echo stopping; exit 130' INT; echo ready; while :; do sleep 0.05; done";
    const running = run(["bash", "-c", trap], ["echo", "two"]);
    const said: string[] = [];
    for await (const line of running) {
      said.push(line);
      if (line === "ready") running.kill("SIGINT");
    }
    assert.deepEqual([said, (await running).exitCode], [["ready", "stopping"], 130]);
    const calm = run(["bash", "-c", "trap 'exit 0' TERM; echo ready; while :; do sleep 0.05; done"], ["echo", "two"]);
    for await (const line of calm) if (line === "ready") calm.kill("SIGTERM");
    const { stdout, exitCode } = await calm;
    assert.deepEqual([stdout, exitCode], ["ready", 143]);
  });
});
