import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { layDownConnection } from "../../../bench/load/applicationLoad.js";
import type { Road } from "../../../bench/rivals/rival.js";
import type { World } from "../../../bench/rivals/world.js";

/** One command of the application, with the times of `Date.now()`. */
export interface CommandEnd {
  readonly started: number;
  readonly ended: number;
  readonly answered: boolean;
}

export interface Application {
  /** Waits for the application's end, and tells what became of its commands. */
  end(): Promise<CommandEnd[]>;
}

/** Starts the steady application on the app machine, and returns when it is connected. */
export async function startApplication(
  world: World,
  road: Road,
  { commands }: { commands: number },
): Promise<Application> {
  const HIPAA_REDIS_CONNECTION = layDownConnection(world, road);
  const program = join(import.meta.dirname, "steadyApplication.ts");
  const node = [
    process.execPath,
    "--import",
    import.meta.resolve("tsx"),
    program,
    String(Math.round(commands)),
  ];
  const child = spawn("nsenter", [`--target=${world.app.pid}`, "--mount", "--net", "--", ...node], {
    stdio: ["ignore", "pipe", "inherit"],
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
    end: async () => {
      const [code] = (await exited) as [number | null];
      if (code !== 0) throw new Error(`The application ended with ${code ?? "a signal"}.`);
      return ends;
    },
  };
}
