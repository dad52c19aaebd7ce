import { readFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Scene } from "./scene.js";

/** What became of the operations of honest traffic that ran at any moment between two times. */
export interface Operations {
  readonly count: number;
  readonly failed: number;
  readonly p99Milliseconds: number;
}

export interface HonestTraffic {
  /** Those that have ended so far. */
  operations(): readonly Operation[];
  between(from: number, to: number): Operations;
  stop(): Promise<void>;
}

/** All of its keys are in this one's slot. */
export const trafficKey = "{steady}";

/** Starts the steady application on the app host, and returns when its first operation has been answered. */
export async function startHonestTraffic({ appHost }: Pick<Scene, "appHost">): Promise<HonestTraffic> {
  const log = "/run/honest-traffic.log";
  await appHost.exec(["install", "-o", "web", "-m", "0600", "/dev/null", log]);
  const pid = appHost.liveRootFolder.split("/")[2] ?? "";
  const enter = ["--target", pid, "--all", "--", "setpriv", "--reuid=web", "--regid=web", "--init-groups"];
  const child = spawn("nsenter", [...enter, "/opt/app/node", "/opt/app/steady.mjs", log], {
    stdio: ["pipe", "inherit", "inherit"],
  });
  const exited = once(child, "exit");
  const { exitCode } = await appHost.exec(["sh", "-c", `until grep -q ' 1$' ${log}; do sleep 0.1; done`]);
  if (exitCode !== 0) throw new Error("The honest traffic has had no answer within ten minutes.");
  const operations = (): Operation[] =>
    readFileSync(`${appHost.liveRootFolder}${log}`, "utf8").trimEnd().split("\n").map(parse);
  return {
    operations,
    between: (from, to) =>
      summary(operations().filter(({ started, duration }) => started <= to && started + duration >= from)),
    stop: async () => {
      child.stdin.end();
      await exited;
      await appHost.exec(["rm", log]);
    },
  };
}

/** A write or a read; times are in milliseconds. */
export interface Operation {
  readonly started: number;
  readonly duration: number;
  readonly answered: boolean;
}

/** The longest time, from a moment on, in which nothing was answered. */
export function longestSilence(operations: readonly Operation[], from: number): number {
  const answers = operations.filter(({ answered }) => answered).map(({ started, duration }) => started + duration);
  const moments = [from, ...answers.filter((moment) => moment > from).sort((a, b) => a - b)];
  return moments.slice(1).reduce((longest, moment, index) => Math.max(longest, moment - (moments[index] ?? from)), 0);
}

function parse(line: string): Operation {
  const [started = 0, duration = 0, answered = 0] = line.split(" ").map(Number);
  return { started, duration, answered: answered === 1 };
}

function summary(operations: readonly Operation[]): Operations {
  const durations = operations.map(({ duration }) => duration).sort((a, b) => a - b);
  return {
    count: operations.length,
    failed: operations.filter(({ answered }) => !answered).length,
    p99Milliseconds: durations[Math.ceil(durations.length * 0.99) - 1] ?? 0,
  };
}
