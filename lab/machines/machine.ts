import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { execa } from "execa";
import { waitFor } from "../until.js";

/** A daemon that runs on a machine. It ends when this process does. */
export interface Daemon {
  readonly name: string;
  readonly pid: number;
}

/** A network namespace and a mount namespace with its own /run: what two hosts do not share, at no cost in speed. */
export interface Machine {
  readonly name: string;
  readonly address: string;
  readonly pid: number;
  /** Runs a command to its end. */
  run(command: readonly string[], options?: RunOptions): Promise<string>;
  /** Starts a daemon that stays in the foreground, and waits until it listens: on address:port, or on a Unix socket. */
  start(name: string, command: readonly string[], listensOn: string): Promise<Daemon>;
  write(path: string, content: string): void;
  stop(): Promise<void>;
}

export interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The article's folder of keys and the names of hosts are the machine's own as well. */
const setUp = `
mount -t tmpfs tmpfs /run
[ ! -d /etc/stunnel ] || mount -t tmpfs tmpfs /etc/stunnel
cp /etc/hosts /run/hosts
mount --bind /run/hosts /etc/hosts
ip link set lo up
echo ready
exec sleep infinity`;

/**
 * Opens a machine without a network; `connectMachines` gives it one. What runs on it runs on the given processors
 * alone. Takes root.
 */
export async function openMachine(name: string, address: string, processors: string): Promise<Machine> {
  const own = ["--mount", "--net", "--propagation=private"];
  const holder = spawnOwned(["taskset", "--cpu-list", processors, "unshare", ...own, "sh", "-euc", setUp], "pipe");
  await Promise.race([once(holder.stdout ?? holder, "data"), failure(holder, name)]);
  const pid = pidOf(holder, name);
  // Ahead of whatever else this machine does, so that it disturbs less.
  const pinned = ["-n", "-10", "taskset", "--cpu-list", processors];
  const inside = [...pinned, "nsenter", `--target=${pid}`, "--mount", "--net", "--"];
  const daemons: ChildProcess[] = [];
  const inMachine = async (command: readonly string[], options: RunOptions = {}): Promise<string> => {
    const { input = "", env = {} } = options;
    return (await execa("nice", [...inside, ...command], { input, env })).stdout;
  };
  return {
    name,
    address,
    pid,
    run: inMachine,
    start: async (daemon, command, listensOn) => {
      const child = spawnOwned(["nice", ...inside, ...command], "ignore");
      daemons.push(child);
      const started = { name: daemon, pid: pidOf(child, daemon) };
      // HAProxy binds a socket under another name and renames it: the kernel knows the name with something behind it.
      const listening = listensOn.startsWith("/")
        ? ["ss", "-Hlx", `src = ${listensOn}*`]
        : ["ss", "-Hltn", `src = ${listensOn}`];
      await waitFor(`${daemon} listens on ${listensOn}`, async () => (await inMachine(listening)) !== "", {
        hopeless: () => (hasEnded(child) ? "it has ended" : undefined),
      });
      return started;
    },
    write: (path, content) => {
      const outside = `/proc/${pid}/root${path}`;
      mkdirSync(dirname(outside), { recursive: true });
      writeFileSync(outside, content, { mode: 0o600 });
    },
    stop: async () => {
      await Promise.all([...daemons.reverse(), holder].map(end));
    },
  };
}

/** Joins two machines by a cable of their own (veth(4)). */
export async function connectMachines(one: Machine, other: Machine): Promise<void> {
  const ends = [one, other].map(({ pid }, index) => ["name", `cable${index}`, "netns", String(pid)]);
  await execa("ip", ["link", "add", ...(ends[0] ?? []), "type", "veth", "peer", ...(ends[1] ?? [])]);
  for (const [index, machine] of [one, other].entries()) {
    await machine.run(["ip", "address", "add", `${machine.address}/30`, "dev", `cable${index}`]);
    await machine.run(["ip", "link", "set", `cable${index}`, "up"]);
  }
}

/** The kernel ends it with this process, however that ends. */
function spawnOwned(command: readonly string[], stdout: "pipe" | "ignore"): ChildProcess {
  return spawn("setpriv", ["--pdeathsig", "KILL", "--", ...command], { stdio: ["ignore", stdout, "ignore"] });
}

function pidOf(child: ChildProcess, name: string): number {
  if (child.pid === undefined) throw new Error(`${name} did not start.`);
  return child.pid;
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

async function failure(child: ChildProcess, name: string): Promise<never> {
  await once(child, "exit");
  throw new Error(`Machine ${name} could not be opened: run as root on Linux, with namespaces allowed.`);
}

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}
