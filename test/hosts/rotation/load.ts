import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ExecResult, Host } from "../../../lab/hosts/index.js";
import { waitFor } from "../../../lab/until.js";
import { appUser } from "./program.js";

/** What load.mjs counts. */
export interface Figures {
  readonly operations: number;
  readonly failed: number;
  /** New connections that wrote and read. */
  readonly connections: number;
  readonly longestMs: number;
  /** In milliseconds, as `Date.now()`. */
  readonly lastAnswered: number;
  readonly errors: readonly string[];
}

export interface Load {
  readonly name: string;
  figures(): Figures;
  /** Waits until so many more new connections have written and read. */
  connectsAgain(times?: number): Promise<void>;
  /** Ends it and returns what it has counted. */
  stop(): Promise<Figures>;
}

/** The load is ended by its test; this is for a test that is no longer there. */
const longestMs = 3_600_000;

/** Starts the steady load on an app host; returns when it has connected for the first time. */
export async function startLoad(host: Host, name: string, connectionFile?: string): Promise<Load> {
  const [figuresFile, stopFile] = [`/tmp/load-${name}.json`, `/tmp/load-${name}.stop`];
  await host.exec(["rm", "-f", figuresFile, stopFile]);
  const env: Record<string, string> = connectionFile === undefined ? {} : { HIPAA_REDIS_CONNECTION: connectionFile };
  const command = ["/opt/app/node", "/opt/app/load.mjs", figuresFile, stopFile];
  let ended: ExecResult | undefined;
  const running = host.exec(command, { user: appUser, env, timeoutMs: longestMs }).then((result) => {
    ended = result;
    return result;
  });
  const figures = (): Figures => {
    assert.equal(ended, undefined, `The load ${name} has ended: ${ended?.stderr ?? ""}`);
    return JSON.parse(readFileSync(join(host.liveRootFolder, figuresFile), "utf8")) as Figures;
  };
  await waitFor(`the load ${name} begins`, () => connectionsOf(figures) > 0);
  return {
    name,
    figures,
    connectsAgain: async (times = 3) => {
      const wanted = figures().connections + times;
      await waitFor(`${name} connects again`, () => figures().connections >= wanted, {
        shown: () => JSON.stringify(figures()),
      });
    },
    stop: async () => {
      await host.exec(["touch", stopFile]);
      const { exitCode, stderr } = await running;
      assert.equal(exitCode, 0, stderr);
      return JSON.parse(readFileSync(join(host.liveRootFolder, figuresFile), "utf8")) as Figures;
    },
  };
}

function connectionsOf(figures: () => Figures): number {
  try {
    return figures().connections;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw error;
  }
}
