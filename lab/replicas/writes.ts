import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ExecResult } from "../hosts/index.js";
import { waitFor } from "../until.js";
import type { ReplicasFixture } from "./openReplicas.js";
import { appUser } from "./program.js";

/** What writes.mjs counts while it runs. */
export interface Figures {
  /** Writes that were acknowledged: of the first client to each shard, then of the second. */
  readonly acknowledged: readonly number[];
  /** When the last of them was, in milliseconds of the clock. */
  readonly lastAcknowledged: readonly number[];
  /** Writes. */
  readonly failed: number;
  readonly longestFailureMs: number;
  readonly failedReads: number;
  /** Reads that did not find what was acknowledged before. */
  readonly missing: number;
  /** Values that are other ones than were written. */
  readonly wrong: number;
  /** The longest time between two acknowledged writes of one client to one shard. */
  readonly gapMs: number;
  readonly errors: Readonly<Record<string, number>>;
  /** Clients that ended for good. */
  readonly ended: number;
}

/** What it says when it has looked for everything that was acknowledged. */
export interface Outcome extends Figures {
  /** Place in `acknowledged` and number of each acknowledged write whose value is gone. */
  readonly lost: readonly (readonly [number, number])[];
}

/** So many clients write, each so often to each shard, as writes.mjs has it. */
export const writers = { clients: 2, everyMs: 20 } as const;

/** On one line, for people. */
export function told({ gapMs, failed, longestFailureMs, failedReads, lost, errors }: Outcome): string {
  return `gap ${gapMs} ms, ${failed} failed within ${longestFailureMs} ms, ${failedReads} reads failed, ${lost.length} lost, ${JSON.stringify(errors)}`;
}

/** What of an outcome is to be nothing where all is kept and nothing fails. */
export function amiss({ lost, failed, failedReads, missing, wrong, ended }: Outcome): Partial<Outcome> {
  return { lost, failed, failedReads, missing, wrong, ended };
}

export const nothingAmiss: Partial<Outcome> = { lost: [], failed: 0, failedReads: 0, missing: 0, wrong: 0, ended: 0 };

export interface Writes {
  figures(): Figures;
  /** Waits until both clients have so many more writes acknowledged by each shard. */
  goOn(times?: number): Promise<void>;
  stop(): Promise<Outcome>;
}

/**
 * `patient` rides out a planned hand-over, `quick` is what `connect()` does by default, and `plain` the same with the patience that the
 * machine of the tests needs, which is busier than an application's.
 */
export type Manner = "patient" | "quick" | "plain";

/** Clients write while this is done, and whatever becomes of it no longer; tells what came of both. */
export async function whileWriting<T>(
  fixture: Pick<ReplicasFixture, "app" | "shape">,
  manner: Manner,
  work: (writes: Writes) => Promise<T>,
): Promise<{ readonly outcome: Outcome; readonly done: T }> {
  const writes = await startWrites(fixture, manner);
  try {
    await writes.goOn();
    const done = await work(writes);
    return { outcome: await writes.stop(), done };
  } catch (error) {
    // What went wrong first is what has to be told.
    await writes.stop().catch(() => undefined);
    throw error;
  }
}

export async function startWrites(
  { app, shape }: Pick<ReplicasFixture, "app" | "shape">,
  manner: Manner,
): Promise<Writes> {
  const [figuresFile, stopFile] = [`/tmp/writes-${manner}.json`, `/tmp/writes-${manner}.stop`];
  await app.exec(["rm", "-f", figuresFile, stopFile]);
  let ended: ExecResult | undefined;
  const running = app
    .exec(["/opt/app/node", "/opt/app/writes.mjs", figuresFile, stopFile, manner, String(shape.shards ?? 1)], {
      user: appUser,
      timeoutMs: 3_600_000,
    })
    .then((result) => (ended = result));
  const figures = (): Figures => {
    if (ended !== undefined) throw new Error(`The writes have ended: ${ended.stderr}`);
    return JSON.parse(readFileSync(join(app.liveRootFolder, figuresFile), "utf8")) as Figures;
  };
  const goOn = async (times = 50): Promise<void> => {
    const before = acknowledgedBy(figures);
    await waitFor(
      "both clients' writes are acknowledged",
      () => acknowledgedBy(figures).every((count, index) => count >= (before[index] ?? 0) + times),
      { shown: () => JSON.stringify(figures()) },
    );
  };
  await waitFor("the writes begin", () => {
    const counts = acknowledgedBy(figures);
    return counts.length > 0 && counts.every((count) => count > 10);
  });
  return {
    figures,
    goOn,
    stop: async () => {
      await app.exec(["touch", stopFile]);
      const { exitCode, stdout, stderr } = await running;
      if (exitCode !== 0) throw new Error(`The writes failed: ${stderr}`);
      return JSON.parse(stdout) as Outcome;
    },
  };
}

function acknowledgedBy(figures: () => Figures): readonly number[] {
  try {
    return figures().acknowledged;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
