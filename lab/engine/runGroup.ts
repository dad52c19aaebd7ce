import { execa } from "execa";
import { onEnd } from "../onEnd.js";

export interface RunOptions {
  timeout: number;
  env?: Record<string, string>;
  cwd?: string;
}

/**
 * Runs a program in a process group of its own and returns its standard output. After the time limit the whole group is
 * ended, so that a download started by a script of a script does not live on. The error says what the program said last.
 */
export async function runGroup(file: string, args: readonly string[], options: RunOptions): Promise<string> {
  const child = execa(file, args, {
    env: options.env,
    cwd: options.cwd,
    detached: true,
    stdin: "ignore",
    reject: false,
  });
  const endGroup = (): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // It ended by itself in this very moment.
    }
  };
  const limit = AbortSignal.timeout(options.timeout);
  limit.addEventListener("abort", endGroup);
  const callOff = onEnd(endGroup);
  try {
    const result = await child;
    if (!result.failed) return result.stdout;
    if (limit.aborted) throw new Error(`${file} did not finish within ${options.timeout / 1000} s`);
    throw new Error(lastWords(result.stderr || result.stdout) || result.shortMessage);
  } finally {
    limit.removeEventListener("abort", endGroup);
    callOff();
  }
}

function lastWords(text: string): string {
  return text.trim().split("\n").slice(-5).join("\n");
}
