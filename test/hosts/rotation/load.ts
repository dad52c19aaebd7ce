import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ExecResult, Host } from "../../../lab/hosts/index.js";
import { waitFor } from "../../../lab/until.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
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

/** A load on an app host: with the connection file of its own user data, or with another one; or in a container. */
export interface LoadOptions {
  readonly connectionFile?: string;
  readonly inContainer?: boolean;
}

/**
 * A mount namespace with nothing of the host's but its programs and the application's folder, mounted once; any user with the
 * application's group, without capabilities.
 */
const container = [
  "root=/mnt",
  "mount -t tmpfs tmpfs $root",
  `mkdir -p $root/usr $root/opt $root/tmp $root/dev $root/proc $root${hostPaths.clientFolder}`,
  "for one in usr opt tmp dev proc; do mount --rbind /$one $root/$one; done",
  "ln -s usr/lib usr/lib64 usr/bin $root",
  `mount --bind ${hostPaths.clientFolder} $root${hostPaths.clientFolder}`,
  `mount --options remount,bind,ro $root${hostPaths.clientFolder}`,
  `exec chroot --userspec=12345:$(stat --format=%g ${hostPaths.clientFolder}) --groups= $root "$@"`,
].join("\n");

/** Starts the steady load on an app host; returns when it has connected for the first time. */
export async function startLoad(
  host: Host,
  name: string,
  { connectionFile, inContainer = false }: LoadOptions = {},
): Promise<Load> {
  const [figuresFile, stopFile] = [`/tmp/load-${name}.json`, `/tmp/load-${name}.stop`];
  await host.exec(["rm", "-f", figuresFile, stopFile]);
  const file = inContainer ? hostPaths.clientConnection : connectionFile;
  const env: Record<string, string> = file === undefined ? {} : { HIPAA_REDIS_CONNECTION: file };
  const load = ["/opt/app/node", "/opt/app/load.mjs", figuresFile, stopFile];
  const [command, user] = inContainer
    ? [["unshare", "--mount", "bash", "-euc", container, "container", ...load], {}]
    : [load, { user: appUser }];
  let ended: ExecResult | undefined;
  const running = host.exec(command, { ...user, env, timeoutMs: longestMs }).then((result) => {
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
