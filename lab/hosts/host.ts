import { join } from "node:path";
import { countStart } from "../starts.js";
import { execBehind, type ExecOptions, type ExecResult } from "./exec.js";
import type { RunningInstance } from "./instances.js";
import { isAlive } from "./journal.js";
import type { Run } from "./lab.js";
import { bootLog, bootMachine, waitForCloudInit, type Machine } from "./machine.js";

/** A test host whose machine runs; cloud-init may still be at work there. */
export interface StartedHost {
  readonly name: string;
  readonly instanceId: string;
  readonly vpcId: string;
  readonly subnetId: string;
  readonly privateIp: string;
  /** When the machine was started, in milliseconds of this machine's monotonic clock, which is its own as well. */
  readonly startedAtMs: number;
  /** The host's disk, as this machine sees it. */
  readonly rootFolder: string;
  /** The host's root with its mounts (`/run`, `/tmp`, `/proc`), as its own programs see it. */
  readonly liveRootFolder: string;
  readonly consoleFile: string;
  exec(command: readonly string[], options?: ExecOptions): Promise<ExecResult>;
  /** Runs a program of this machine in the host's network. */
  execFromOutside(command: readonly string[], options?: Omit<ExecOptions, "user">): Promise<ExecResult>;
  /** Whether it has shut down, seen from outside: a command that enters it in its last moments is stopped there, and waited for in vain. */
  isOff(): boolean;
  /** Every process: its user and its whole command line. */
  processes(): Promise<readonly HostProcess[]>;
}

/** A booted test host. */
export interface Host extends StartedHost {
  /** What cloud-init reported as failed; empty unless the host was listed in `mayFail`. */
  readonly cloudInitErrors: readonly string[];
}

export interface HostProcess {
  readonly pid: number;
  readonly user: string;
  readonly command: string;
}

/** Milliseconds of this machine's monotonic clock (CLOCK_MONOTONIC), which test hosts have in common with it. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint() / 1000n) / 1000;
}

/** Boots an instance and waits until its cloud-init is done. */
export async function createHost(options: {
  readonly run: Run;
  readonly instance: RunningInstance;
  readonly namespace: string;
  readonly imageRoot: string;
  readonly mayFail: readonly string[];
  readonly onStart: (host: StartedHost) => void | Promise<void>;
  readonly progress: (line: string) => void;
}): Promise<Host> {
  const { run, instance, namespace, imageRoot, progress } = options;
  const { name, privateIp } = instance;
  const startedAtMs = monotonicMs();
  progress(`booting ${name} (${privateIp})`);
  countStart("boots");
  const machine = await bootMachine({
    instance,
    namespace,
    imageRoot,
    folder: join(run.folder, namespace),
  });
  const started = startedHost(instance, machine, startedAtMs);
  await options.onStart(started);
  const cloudInitErrors = await waitForCloudInit(name, machine);
  if (cloudInitErrors.length > 0 && !options.mayFail.includes(name)) {
    throw new Error(`cloud-init of ${name} failed: ${cloudInitErrors.join("; ")}\n${bootLog(machine)}`);
  }
  progress(`${name} is up after ${((monotonicMs() - startedAtMs) / 1000).toFixed(1)} s`);
  return { ...started, cloudInitErrors };
}

function startedHost(instance: RunningInstance, machine: Machine, startedAtMs: number): StartedHost {
  const { name, instanceId, vpcId, subnetId, privateIp } = instance;
  const behind = (namespaces: "--all" | "--net") =>
    ["nsenter", `--target=${machine.initPid}`, namespaces, "--"] as const;
  const exec = (command: readonly string[], execOptions?: ExecOptions) =>
    execBehind(behind("--all"), command, execOptions);
  return {
    name,
    instanceId,
    vpcId,
    subnetId,
    privateIp,
    startedAtMs,
    exec,
    execFromOutside: (command, execOptions) => execBehind(behind("--net"), command, execOptions),
    rootFolder: machine.rootFolder,
    liveRootFolder: `/proc/${machine.initPid}/root`,
    consoleFile: machine.consoleFile,
    isOff: () => !isAlive(machine.nspawn),
    processes: async () => parseProcesses((await exec(["ps", "-ww", "-eo", "pid=,user:32=,args="])).stdout),
  };
}

function parseProcesses(listing: string): HostProcess[] {
  return listing.split("\n").flatMap((line) => {
    const [, pid, user, command] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined || user === undefined || command === undefined
      ? []
      : [{ pid: Number(pid), user, command }];
  });
}
