import { join } from "node:path";
import type { Scene } from "./scene.js";

/** What onHost/flood.mjs is told. */
export interface Flood {
  readonly to: { readonly host: string; readonly port: number };
  readonly count: number;
  /** How many connections are open at a time. */
  readonly atOnce: number;
  /** What each sends at once, as latin1. */
  readonly head?: string;
  /** Of this each sends a byte every 250 ms. */
  readonly drip?: string;
  /** And this as many times as `times` says. */
  readonly body?: string;
  readonly times?: number;
  /** Whether they take what comes; by default they do. */
  readonly reads?: boolean;
  /** Each sends AUTH as this user with this password first. */
  readonly user?: string;
  readonly passwordFile?: string;
  /** After so long all are dropped. */
  readonly patienceMs: number;
}

/** What came of it. */
export interface Flooded {
  readonly opened: number;
  /** Ended by the other side, and dropped for want of patience. */
  readonly ended: number;
  readonly dropped: number;
  readonly sent: number;
  readonly came: number;
  /** The first and the last text that came. */
  readonly first: string;
  readonly last: string;
  readonly milliseconds: number;
}

/** Floods from a stranger's machine in the app subnet, or from the app host as one of its users. */
export async function flood(
  scene: Scene,
  from: "neighbour" | "web" | "nobody",
  request: Flood,
): Promise<Flooded> {
  const run = { input: JSON.stringify(request), timeoutMs: request.patienceMs + 30_000 };
  const many = ["sh", "-c", 'ulimit -n 8192; exec "$@"', "sh"];
  const { exitCode, stdout, stderr } =
    from === "neighbour"
      ? await scene.neighbour.exec(
          [...many, process.execPath, join(import.meta.dirname, "onHost", "flood.mjs")],
          run,
        )
      : await scene.appHost.exec(["/opt/app/node", "/opt/app/flood.mjs"], { ...run, user: from });
  if (exitCode !== 0) throw new Error(`The flood failed: ${stderr}`);
  return JSON.parse(stdout) as Flooded;
}
