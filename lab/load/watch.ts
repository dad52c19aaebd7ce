// Runs in an application: counts what processes of both machines do while its load runs.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { counters, type CallCounter } from "./callCounters.js";

/** What a process did, each for itself alone: to count one thing costs what another would count. */
export type Costs = Readonly<Record<string, number>>;

/** Of all that can be counted: a run asks for one. */
export type Counted = "usage" | CallCounter;

/** Begins to count; the function that comes back ends it, and tells what each process has done since. */
export async function watch(
  processes: Readonly<Record<string, number>>,
  counted: Counted,
): Promise<() => Promise<Record<string, Costs>>> {
  const ends: (readonly [string, () => Promise<Costs>])[] = [];
  // One after the other, for who traces this process would trace the tracers that it starts later.
  for (const [name, pid] of Object.entries(processes)) {
    ends.push([name, counted === "usage" ? meter(pid) : await attach(pid, counted)]);
  }
  return async () => {
    const costs = await Promise.all(ends.map(async ([name, end]): Promise<[string, Costs]> => [name, await end()]));
    return Object.fromEntries(costs);
  };
}

function meter(pid: number): () => Promise<Costs> {
  const before = usage(pid);
  return () => {
    const after = usage(pid);
    const wakeUps = after.wakeUps - before.wakeUps;
    return Promise.resolve({ wakeUps, cpuMicroseconds: after.cpuMicroseconds - before.cpuMicroseconds });
  };
}

/** Of all threads: stunnel has one for each connection, and all connections stand while the load runs. */
function usage(pid: number): { wakeUps: number; cpuMicroseconds: number } {
  let [wakeUps, nanoseconds] = [0, 0];
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const folder = `/proc/${pid}/task/${thread}`;
    wakeUps += Number(/^voluntary_ctxt_switches:\s+(\d+)$/m.exec(readFileSync(`${folder}/status`, "utf8"))?.[1]);
    nanoseconds += Number(readFileSync(`${folder}/schedstat`, "utf8").split(" ")[0]);
  }
  return { wakeUps, cpuMicroseconds: nanoseconds / 1000 };
}

async function attach(pid: number, name: CallCounter): Promise<() => Promise<Costs>> {
  const { command, hasBegun, parse } = counters[name];
  const [program, ...args] = command(pid);
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(child, "close");
  let told = "";
  await new Promise<void>((resolve, reject) => {
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      told += text;
      if (hasBegun(told)) resolve();
    });
    child.once("error", reject).once("exit", () => {
      reject(new Error(`${program} ended before it counted: ${told}`));
    });
  });
  return async () => {
    child.kill("SIGINT");
    await ended;
    return parse(told);
  };
}
