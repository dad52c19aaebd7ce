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

/** One of the lab's services, in a namespace or in the machine's own. */
interface Service {
  readonly service: "forwarder" | "internet" | "vpcServices";
  readonly namespace?: string;
  readonly name: string;
  readonly folder: string;
  readonly config: object;
}

/** Starts one, and waits until it can be used. */
export async function startService(options: Service): Promise<Owner> {
  const { service, namespace } = options;
  const node = [...(await programCommand(service)), writeConfig(options)] as const;
  const started = startProcess(
    "service",
    namespace === undefined ? node : ["nsenter", `--net=/run/netns/${namespace}`, ...node],
    logOf(options),
  );
  await isReady(started, options, 1);
  return started;
}

/** Has one that runs, and can, take another configuration, and waits until it has. */
export async function changeService(running: Owner, options: Service): Promise<void> {
  const before = timesReady(options);
  writeConfig(options);
  process.kill(running.pid, "SIGHUP");
  await isReady(running, options, before + 1);
}

function writeConfig({ folder, name, config }: Service): string {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
  return file;
}

function logOf({ folder, name }: Service): string {
  return join(folder, `${name}.log`);
}

function timesReady(options: Service): number {
  return readFileSync(logOf(options), "utf8")
    .split("\n")
    .filter((line) => line === readyLine).length;
}

function isReady(running: Owner, options: Service, times: number): Promise<void> {
  return waitFor(`the lab's ${options.service} service is ready`, () => timesReady(options) >= times, {
    hopeless: hasEnded(running),
    shown: () => tail(logOf(options), 20),
  });
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
