import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { layDownConnection } from "../../../lab/load/applicationLoad.js";
import type { Route } from "../../../lab/routes/route.js";
import type { Fixture } from "../../../lab/routes/fixture.js";
import { waitFor } from "../../../lab/until.js";
import type { ConnectOptions } from "../../../src/ioredis/index.js";

/** How one command of the application ended; they are numbered in the order in which they are sent. */
export interface CommandEnd {
  readonly number: number;
  /** Empty when it was answered. */
  readonly error: string;
}

export interface Application {
  /** Waits until so many commands one after the other are answered that it sends from now on, and all before have ended. */
  answersInARow(count: number): Promise<void>;
  /** Waits until so many commands have failed from now on. */
  fails(count: number): Promise<void>;
  /** Waits until it has given up so many connections from now on. */
  givesUp(count: number): Promise<void>;
  /** Every command that has ended since this was asked the last time. */
  ended(): readonly CommandEnd[];
  stop(): Promise<void>;
}

interface Told extends CommandEnd {
  readonly event: "ready" | "reconnecting" | "command";
}

/** Starts the steady application on the app machine, and returns when it is connected. */
export async function startApplication(
  fixture: Fixture,
  route: Route,
  options: ConnectOptions = {},
): Promise<Application> {
  const HIPAA_REDIS_CONNECTION = layDownConnection(fixture, route);
  const program = join(import.meta.dirname, "steadyApplication.ts");
  const node = [process.execPath, "--import", import.meta.resolve("tsx"), program, JSON.stringify(options)];
  const child = spawn("nsenter", [`--target=${fixture.app.pid}`, "--mount", "--net", "--", ...node], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, HIPAA_REDIS_CONNECTION },
  });
  const exited = once(child, "exit");
  const told: Told[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => told.push(JSON.parse(line) as Told));
  let asked = 0;
  const ends = (): Told[] => told.filter(({ event }) => event === "command");
  const count = (is: (one: Told) => boolean): number => told.filter(is).length;
  const hopeless = (): string | undefined =>
    child.exitCode === null && child.signalCode === null ? undefined : "the application has ended";
  const more = async (what: string, least: number, is: (one: Told) => boolean): Promise<void> => {
    const before = count(is);
    await waitFor(what, () => count(is) >= before + least, { hopeless });
  };
  await waitFor("the application is connected", () => count(({ event }) => event === "ready") > 0, {
    hopeless,
  });
  return {
    answersInARow: async (least) => {
      // What is sent later has a number beyond all that have ended, or are on their way.
      const from = Math.max(0, ...ends().map(({ number }) => number)) + 1;
      const waiting = (): number =>
        from - new Set(ends().flatMap(({ number }) => (number < from ? [number] : []))).size;
      await waitFor(
        `${least} commands in a row are answered`,
        () => longestRow(ends(), from) >= least && waiting() === 0,
        { hopeless, shown: () => `${waiting()} commands from before have not ended` },
      );
    },
    fails: (least) => more(`${least} commands fail`, least, ({ event, error }) => event === "command" && error !== ""),
    givesUp: (least) => more(`${least} connections are given up`, least, ({ event }) => event === "reconnecting"),
    ended: () => {
      const all = ends();
      return all.slice(asked, (asked = all.length));
    },
    stop: async () => {
      child.stdin.end();
      const [code] = (await exited) as [number | null];
      if (code !== 0) throw new Error(`The application ended with ${code ?? "a signal"}.`);
    },
  };
}

function longestRow(ends: readonly CommandEnd[], from: number): number {
  const answered = new Set(ends.filter(({ error }) => error === "").map(({ number }) => number));
  const last = Math.max(...ends.map(({ number }) => number));
  let [longest, row] = [0, 0];
  for (let number = from; number <= last; number += 1) {
    row = answered.has(number) ? row + 1 : 0;
    longest = Math.max(longest, row);
  }
  return longest;
}
