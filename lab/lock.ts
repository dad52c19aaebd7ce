import { spawn } from "node:child_process";
import { once } from "node:events";

const limitSeconds = 30 * 60;

/**
 * Does something while nobody else does so under the same file. The kernel holds the lock (flock(1)), and lets go of it
 * when this process ends, however that ends: nobody has to judge by its age or its process id whether a lock is left over.
 */
export async function withLock<T>(file: string, waits: () => void, work: () => Promise<T>): Promise<T> {
  let letGo = await take(file, ["--nonblock"]);
  if (letGo === undefined) {
    waits();
    letGo = await take(file, ["--timeout", String(limitSeconds)]);
  }
  if (letGo === undefined) throw new Error(`Waited ${limitSeconds / 60} minutes for who holds ${file}.`);
  try {
    return await work();
  } finally {
    await letGo();
  }
}

/** Takes the lock and returns what gives it back; undefined when somebody else has it. */
async function take(file: string, how: readonly string[]): Promise<(() => Promise<void>) | undefined> {
  // It ends with its input, as this process does; apart from the terminal's group, so that Ctrl-C leaves it to that.
  const command = [...how, "--exclusive", file, "sh", "-c", "echo taken && exec cat"];
  const holder = spawn("flock", command, { stdio: ["pipe", "pipe", "inherit"], detached: true });
  const ended = once(holder, "exit") as Promise<[number | null]>;
  const code = await Promise.race([
    once(holder.stdout, "data").then(() => "taken" as const),
    ended.then(([exitCode]) => exitCode),
  ]);
  if (code === 1) return undefined;
  if (code !== "taken") throw new Error(`flock could not lock ${file}.`);
  return async () => {
    holder.stdin.end();
    await ended;
  };
}
