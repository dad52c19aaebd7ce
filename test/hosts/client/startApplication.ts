import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { layDownConnection } from "../../../lab/load/applicationLoad.js";
import type { Road } from "../../../lab/roads/road.js";
import type { World } from "../../../lab/roads/world.js";
import { waitFor } from "../../../lab/until.js";

/** One command of the application, with the times of `Date.now()`. */
export interface CommandEnd {
  readonly started: number;
  readonly ended: number;
  /** Milliseconds for which the application, or the whole machine, had not been run until then. */
  readonly stalledAtStart: number;
  readonly stalledAtEnd: number;
  readonly answered: boolean;
}

export interface Application {
  /** Waits until so many commands that it has sent since a time have been answered. */
  answers(count: number, since: number): Promise<void>;
  /** Ends the application, and tells what became of its commands. */
  end(): Promise<CommandEnd[]>;
}

/** Starts the steady application on the app machine, and returns when it is connected. */
export async function startApplication(world: World, road: Road): Promise<Application> {
  const HIPAA_REDIS_CONNECTION = layDownConnection(world, road);
  const program = join(import.meta.dirname, "steadyApplication.ts");
  const node = [process.execPath, "--import", import.meta.resolve("tsx"), program];
  const child = spawn("nsenter", [`--target=${world.app.pid}`, "--mount", "--net", "--", ...node], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, HIPAA_REDIS_CONNECTION },
  });
  const exited = once(child, "exit");
  const ends: CommandEnd[] = [];
  const ready = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const told = JSON.parse(line) as { event: string } & CommandEnd;
      if (told.event === "ready") resolve();
      if (told.event === "command") ends.push(told);
    });
    child.once("exit", () => {
      reject(new Error("The application ended before it was connected."));
    });
  });
  await ready;
  return {
    answers: async (count, since) => {
      const answered = (): number => ends.filter((end) => end.answered && end.started >= since).length;
      await waitFor("the application has answers again", () => answered() >= count);
    },
    end: async () => {
      child.stdin.end();
      const [code] = (await exited) as [number | null];
      if (code !== 0) throw new Error(`The application ended with ${code ?? "a signal"}.`);
      return ends;
    },
  };
}
