import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { onEnd } from "../onEnd.js";
import { localStackEnvironment } from "./environment.js";
import type { Python } from "../python/findPython.js";
import { newFolder, recordLocalStack } from "./leftovers.js";
import { processOf } from "../hosts/journal.js";
import { tail } from "../hosts/processes.js";
import type { LocalStack } from "./localStack.js";
import { waitForHealth } from "./waitForHealth.js";
import { warmUp } from "./warmUp.js";

/** Runs LocalStack as a process of ours on this machine, with its log and state in a folder in `.lab`. */
export async function runOnHost(python: Python, port: number, outlive: boolean): Promise<LocalStack> {
  const folder = newFolder();
  for (const name of ["volume", "filesystem", "tmp"]) mkdirSync(join(folder, name));
  const logFile = join(folder, "localstack.log");
  const log = openSync(logFile, "w", 0o600);
  const child = spawn(...python.run(python.path, ["-m", "localstack.runtime.main"]), {
    cwd: folder,
    env: { ...process.env, ...localStackEnvironment(port, folder) },
    stdio: ["ignore", log, log],
    detached: outlive,
  });
  closeSync(log);
  recordLocalStack(folder, child.pid === undefined ? undefined : processOf(child.pid), outlive);
  const ending = new Promise<void>((resolve) => {
    child.once("exit", () => {
      resolve();
    });
    child.once("error", () => {
      resolve();
    });
  });
  // A run that is torn down without stop() must not leave a server behind.
  const kill = (): void => {
    child.kill("SIGKILL");
  };
  const callOff = outlive ? undefined : onEnd(kill);
  if (outlive) child.unref();

  const stop = async (): Promise<void> => {
    // hypercorn can hang on SIGTERM, and the state goes with it, so there is nothing that it would have to save.
    kill();
    if (isRunning()) await ending;
    callOff?.();
    rmSync(folder, { recursive: true, force: true });
  };
  const isRunning = (): boolean => child.pid !== undefined && child.exitCode === null && child.signalCode === null;

  const endpoint = `http://127.0.0.1:${port}`;
  try {
    await waitForHealth(endpoint, {
      hopeless: () => (isRunning() ? undefined : "it has ended"),
      shown: () => tail(logFile, 15),
    });
    await warmUp(endpoint);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    endpoint,
    isUsers: false,
    pid: child.pid,
    description: `on this machine, log in ${logFile}`,
    stop,
  };
}
