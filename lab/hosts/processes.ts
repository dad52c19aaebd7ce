import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { programCommand } from "../programs/bundle.js";
import { repositoryRoot } from "../stateFolder.js";
import { waitFor } from "../until.js";
import { assertRunning, isAlive, processOf, record, type Owner, type ProcessEntry } from "./journal.js";
import { readyLine } from "./services/serviceConfig.js";

/** Starts a process that outlives this one, with its output in a file, and records it. */
export function startProcess(
  runs: ProcessEntry["runs"],
  command: readonly [string, ...string[]],
  logFile: string,
  env: Readonly<Record<string, string>> = {},
): Owner {
  assertRunning();
  const log = openSync(logFile, "a", 0o600);
  const [file, ...args] = command;
  const child = spawn(file, args, {
    cwd: repositoryRoot,
    detached: true,
    stdio: ["ignore", log, log],
    env: { ...process.env, ...env },
  });
  // Without a pid it did not start, which is told below.
  child.on("error", () => undefined);
  closeSync(log);
  child.unref();
  const started = child.pid === undefined ? undefined : processOf(child.pid);
  if (started === undefined) throw new Error(`${file} did not start: ${tail(logFile, 20)}`);
  record({ kind: "process", runs, ...started });
  return started;
}

/** Starts one of the lab's services, in a namespace or in the machine's own, and waits until it can be used. */
export async function startService(options: {
  readonly service: "forwarder" | "internet" | "vpcServices";
  readonly namespace?: string;
  readonly name: string;
  readonly folder: string;
  readonly config: object;
}): Promise<Owner> {
  const { service, namespace, name, folder, config } = options;
  const configFile = join(folder, `${name}.json`);
  const logFile = join(folder, `${name}.log`);
  writeFileSync(configFile, JSON.stringify(config), { mode: 0o600 });
  const node = [...(await programCommand(service)), configFile] as const;
  const started = startProcess(
    "service",
    namespace === undefined ? node : ["nsenter", `--net=/run/netns/${namespace}`, ...node],
    logFile,
  );
  await waitFor(
    `the lab's ${service} service is ready`,
    () => readFileSync(logFile, "utf8").split("\n").includes(readyLine),
    { hopeless: hasEnded(started), shown: () => tail(logFile, 20) },
  );
  return started;
}

/** For waiting: what a process should bring about does not come once it has ended. */
export function hasEnded(process: Owner): () => string | undefined {
  return () => (isAlive(process) ? undefined : `process ${process.pid} has ended`);
}

/** The last lines of a file, or nothing when there is none. */
export function tail(path: string, lines: number): string {
  try {
    return readFileSync(path, "utf8").trimEnd().split("\n").slice(-lines).join("\n");
  } catch {
    return "";
  }
}
