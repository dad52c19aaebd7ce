import { setTimeout as pause } from "node:timers/promises";
import type { Cluster } from "ioredis";
import type { ScriptedCluster } from "./scriptedCluster.js";

/** Starts a cluster, and a client of it. */
export async function begun(cluster: ScriptedCluster): Promise<Cluster> {
  await cluster.startAll();
  await cluster.isWell();
  return cluster.client();
}

/** So many values, and no more writes: every replica has them. */
export async function fill(redis: Cluster, count: number): Promise<void> {
  await inParts(count, (index) => redis.set(`filled:${index}`, `${index}`));
  await Promise.all(redis.nodes("master").map((node) => node.wait(1, 5000)));
}

/** How many of these values are not there. */
export async function missing(redis: Cluster, count: number): Promise<number> {
  const values = await inParts(count, (index) => redis.get(`filled:${index}`));
  return values.filter((value, index) => value !== `${index}`).length;
}

/** So many at a time that each has its answer in the time that a command may take, on a busy machine as well. */
async function inParts<T>(count: number, ask: (index: number) => Promise<T>): Promise<T[]> {
  const most = 500;
  const answers: T[] = [];
  for (let from = 0; from < count; from += most) {
    const part = Array.from({ length: Math.min(most, count - from) }, (_, index) => ask(from + index));
    answers.push(...(await Promise.all(part)));
  }
  return answers;
}

/** What has become of writes. */
export interface Written {
  readonly failures: readonly string[];
  /** Those that were acknowledged, and are not there. */
  readonly lost: readonly string[];
}

/** Writes all the time while something is done, which is given how many writes were acknowledged. */
export async function whileWriting(
  redis: Cluster,
  work: (acknowledged: () => number) => Promise<unknown>,
): Promise<Written> {
  const writer = new SteadyWriter(redis);
  try {
    await work(() => writer.count);
  } finally {
    await writer.stop();
  }
  return { failures: writer.failures, lost: await writer.lost() };
}

class SteadyWriter {
  readonly failures: string[] = [];
  count = 0;
  private readonly acknowledged = new Map<string, string>();
  private isOver = false;
  private readonly lanes: Promise<void>[];

  constructor(private readonly redis: Cluster) {
    this.lanes = [0, 1, 2, 3].map((lane) => this.write(lane));
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.lanes);
  }

  async lost(): Promise<string[]> {
    const all = [...this.acknowledged];
    const values = await inParts(all.length, (index) => this.redis.get(all[index]?.[0] ?? ""));
    return all.flatMap(([key, value], index) =>
      values[index] === value ? [] : [`${JSON.stringify(key)}: ${value}, and not ${values[index] ?? "nothing"}`],
    );
  }

  private async write(lane: number): Promise<void> {
    for (let count = 0; !this.isOver; count += 1) {
      // Bytes that a shell would take for something else, and some keys that are written again and again.
      const key = `${lane}:${count % 3 === 0 ? count % 300 : count} "'\\ \r\n\u0000*?$(`;
      try {
        await this.redis.set(key, `${count}`);
        this.acknowledged.set(key, `${count}`);
        this.count += 1;
      } catch (error) {
        this.failures.push((error as Error).message);
        this.acknowledged.delete(key);
      }
      await pause(5);
    }
  }
}
