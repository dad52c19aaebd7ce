import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import type { Host } from "../../../lab/hosts/index.js";
import { waitFor } from "../../../lab/until.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { hostCommandMs, shell } from "../cache/onHost.js";

/** What root puts into Redis's folder when Redis starts. */
export const ofRedisStart = ["memory.conf", "redis.sock"].map((name) => `${hostPaths.redisFolder}/${name}`);

/** What the host's own journal and the clock write whatever Redis does. */
const others = [/^\/var\/log\/(journal|cloud-init|wtmp)/, /^\/var\/lib\/(chrony|systemd)\//];

interface Watch {
  /** The files that were made, written to or moved, each once. */
  end(): Promise<string[]>;
}

/** Watches the whole disk of a host, and Redis's folder, in which nothing but memory is. */
export async function watchDisk(host: Host): Promise<Watch> {
  const [script, began, ends] = ["/run/watchFiles.py", "/run/watch.began", "/run/watch.ends"];
  await shell(
    host,
    `rm -f ${began} ${ends}; cat >${script}`,
    readFileSync(join(import.meta.dirname, "watchFiles.py"), "utf8"),
  );
  const watching = host.exec(["python3", script, began, ends, "/", hostPaths.redisFolder], {
    timeoutMs: hostCommandMs,
  });
  await waitFor("the watch begins", async () => (await host.exec(["test", "-e", began])).exitCode === 0);
  return {
    end: async () => {
      await shell(host, `touch ${ends}`);
      const { exitCode, stdout, stderr } = await watching;
      assert.equal(exitCode, 0, stderr);
      return stdout
        .trim()
        .split("\n")
        .filter((line) => line !== "" && !others.some((one) => one.test(line)));
    },
  };
}

/** Which of these words stand in files of a folder, from outside of the host. */
export async function found(folder: string, words: readonly string[]): Promise<string[]> {
  const options = ["--recursive", "--text", "--fixed-strings", "--only-matching", "--no-filename"];
  const { stdout } = await execa("grep", [...options, "--no-messages", "--devices=skip", "--file=-", folder], {
    input: words.join("\n"),
    reject: false,
  });
  return [...new Set(stdout.split("\n"))].filter((line) => line !== "");
}
