import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { onEnd } from "../../lab/onEnd.js";
import { changed, type Change } from "./change.js";

/** A copy of the checkout, with what isn't committed yet, in which changes are made. It goes when this process ends. */
export interface Workshop {
  /** Whether the tests, run until the first that fails, notice; one that takes too long has noticed. */
  readonly testsNotice: (tests: readonly string[], limitSeconds: number) => Promise<boolean>;
  /** Makes a change, does something, and takes the change back. */
  readonly withChange: <Result>(change: Change, act: () => Promise<Result>) => Promise<Result>;
}

export async function openWorkshop(root: string): Promise<Workshop> {
  const copy = mkdtempSync(join(tmpdir(), "mutate-"));
  onEnd(() => {
    rmSync(copy, { recursive: true, force: true });
  });
  const { stdout } = await execa("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
  });
  for (const file of stdout.split("\0").filter((name) => name !== "")) {
    cpSync(join(root, file), join(copy, file), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  return {
    testsNotice: (tests, limitSeconds) => testsNotice(copy, tests, limitSeconds),
    withChange: async (change, act) => {
      const path = join(copy, change.file);
      const source = readFileSync(path, "utf8");
      writeFileSync(path, changed(source, change));
      try {
        return await act();
      } finally {
        writeFileSync(path, source);
      }
    },
  };
}

async function testsNotice(copy: string, tests: readonly string[], limitSeconds: number): Promise<boolean> {
  if (tests.length === 0) return false;
  // A test that a change has left waiting for ever need not wait for the limit of all.
  const timeout = ["--timeout", "60000"];
  const running = execa("mocha", ["--bail", "--reporter", "dot", ...timeout, ...tests], {
    cwd: copy,
    preferLocal: true,
    reject: false,
    all: true,
    timeout: limitSeconds * 1000,
    forceKillAfterDelay: 1000,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
  });
  for await (const line of running.iterable({ from: "all" })) {
    // What a failed test leaves open would keep mocha from its end.
    if (/^\s+\d+ failing/.test(line)) {
      running.kill("SIGKILL");
      return true;
    }
  }
  return (await running).failed;
}
