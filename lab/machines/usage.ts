import { readFileSync } from "node:fs";

/** Linux counts processor time in ticks of 10 ms (proc(5), USER_HZ). */
const microsecondsPerTick = 10_000;

/** The processor time that a process has used, its ended threads and its reaped children included. */
export function cpuMicroseconds(pid: number): number {
  const fields = fieldsBehindName(pid);
  return (Number(fields[11]) + Number(fields[12])) * microsecondsPerTick;
}

/** How often a process got a page of memory that needed no disk (proc_pid_stat(5), minflt), its ended threads included. */
export function pageFaults(pid: number): number {
  return Number(fieldsBehindName(pid)[7]);
}

/** The memory that is a process's own: what its connections add grows here. */
export function anonymousKibibytes(pid: number): number {
  return Number(/^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
}

/** The name in parentheses may hold spaces. */
function fieldsBehindName(pid: number): string[] {
  return (readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1) ?? "").split(" ");
}
