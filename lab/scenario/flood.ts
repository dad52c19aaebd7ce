import { join } from "node:path";
import type { ExecResult } from "../hosts/index.js";
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
  /** Each sends one of these at a time, the next once a line has answered it. */
  readonly turns?: readonly string[];
  /** Whether they take what comes; by default they do. */
  readonly reads?: boolean;
  /** Each sends AUTH as this user with this password first. */
  readonly user?: string;
  readonly passwordFile?: string;
  /** A file at whose sight all are dropped. */
  readonly stopFile?: string;
  /** After so long all are dropped. */
  readonly timeoutMs: number;
}

/** What came of it. */
export interface Flooded {
  readonly opened: number;
  /** Ended by the other side, and dropped when its time was over. */
  readonly ended: number;
  readonly dropped: number;
  readonly sent: number;
  readonly came: number;
  /** The first and the last text that came. */
  readonly first: string;
  readonly last: string;
  readonly milliseconds: number;
}

/** Whose machine it floods from: a stranger's in the app subnet, or the app host as one of its users. */
export type Flooder = "neighbour" | "web" | "nobody";

/** Floods; with `enough`, until that resolves. */
export async function flood(
  scene: Scene,
  from: Flooder,
  request: Omit<Flood, "stopFile">,
  enough?: () => Promise<unknown>,
): Promise<Flooded> {
  if (enough === undefined) return run(scene, from, request);
  // A stranger runs programs of this machine.
  const stopFile = from === "neighbour" ? join(scene.folder, "flood.stop") : "/run/flood.stop";
  const onMachine = (command: readonly string[]): Promise<ExecResult> =>
    from === "neighbour" ? scene.neighbour.exec(command) : scene.appHost.exec(command);
  await onMachine(["rm", "-f", stopFile]);
  const running = run(scene, from, { ...request, stopFile });
  // Its failure, if it has one, is told below.
  running.catch(() => undefined);
  try {
    await enough();
  } finally {
    await onMachine(["touch", stopFile]);
  }
  return running;
}

async function run(scene: Scene, from: Flooder, request: Flood): Promise<Flooded> {
  const options = { input: JSON.stringify(request), timeoutMs: request.timeoutMs + 30_000 };
  const many = ["sh", "-c", 'ulimit -n 8192; exec "$@"', "sh"];
  const program = join(import.meta.dirname, "onHost", "flood.mjs");
  const { exitCode, stdout, stderr } =
    from === "neighbour"
      ? await scene.neighbour.exec([...many, process.execPath, program], options)
      : await scene.appHost.exec(["/opt/app/node", "/opt/app/flood.mjs"], { ...options, user: from });
  if (exitCode !== 0) throw new Error(`The flood failed: ${stderr}`);
  return JSON.parse(stdout) as Flooded;
}
