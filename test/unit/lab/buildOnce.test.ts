import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { buildOnce } from "../../../lab/engine/buildOnce.js";
import { repositoryRoot } from "../../../lab/stateFolder.js";
import { waitFor } from "../../../lab/until.js";

describe("a folder that is built once", () => {
  let parent: string;
  let folder: string;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), "build-once-"));
    folder = join(parent, "made");
  });
  afterEach(() => {
    rmSync(parent, { recursive: true });
  });

  it("is built by the first who asks; others wait until it is there, and say so", async () => {
    const [said, built]: [string[], string[]] = [[], []];
    const ask = (name: string): Promise<void> =>
      buildOnce(
        folder,
        (line) => said.push(line),
        async (draft) => {
          built.push(name);
          mkdirSync(draft);
          await waitFor("the others wait", () => said.length === 2);
          writeFileSync(join(draft, "by"), name);
        },
      );
    await Promise.all(["one", "two", "three"].map(ask));
    assert.equal(built.length, 1);
    assert.deepEqual(said, Array(2).fill(`another run is making ${folder}: waiting for it`));
    assert.deepEqual(readdirSync(parent).sort(), ["made", "made.lock"]);
    assert.deepEqual(readdirSync(folder), ["by"]);
  });

  it("is built by the next who asks when a build fails, and nothing of that is left", async () => {
    const failing = async (draft: string): Promise<never> => {
      mkdirSync(draft);
      return Promise.reject(new Error("no space"));
    };
    await assert.rejects(buildOnce(folder, unasked, failing), { message: "no space" });
    assert.deepEqual(readdirSync(parent), ["made.lock"]);
    await buildOnce(folder, unasked, made);
    assert.ok(existsSync(folder));
  });

  it("is built by who waits when the one who builds is killed, without what that one has left", async () => {
    const program = `
      import { mkdirSync } from "node:fs";
      import { buildOnce } from "./lab/engine/buildOnce.js";
      await buildOnce(${JSON.stringify(folder)}, console.error, async (draft) => {
        mkdirSync(draft + "/half", { recursive: true });
        await new Promise((resolve) => setTimeout(resolve, 3_600_000));
      });`;
    const options = ["--import", "tsx", "--input-type=module", "--eval", program];
    const builder = execa(process.execPath, options, { cwd: repositoryRoot, reject: false });
    await waitFor("it builds", () => existsSync(`${folder}.draft/half`), {
      hopeless: () => (builder.exitCode === null ? undefined : "it has ended"),
    });
    const waits = (): void => void builder.kill("SIGKILL");
    await buildOnce(folder, waits, made);
    assert.equal((await builder).signal, "SIGKILL");
    assert.deepEqual(readdirSync(folder), []);
  });
});

function made(draft: string): Promise<void> {
  mkdirSync(draft);
  return Promise.resolve();
}

function unasked(line: string): void {
  assert.fail(line);
}
