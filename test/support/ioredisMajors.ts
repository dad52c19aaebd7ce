import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { buildSync } from "esbuild";
import type * as ioredis from "ioredis";
import * as ours from "../../src/ioredis/index.js";
import { repositoryRoot, stateFolder } from "../../lab/stateFolder.js";

const require = createRequire(import.meta.url);

/** One of ioredis's major versions, and `connect()` on it. */
export interface Major {
  readonly version: string;
  readonly plain: typeof ioredis;
  readonly connect: typeof ours.connect;
  readonly asCluster: typeof ours.asCluster;
  /** The `debug` that it writes with. */
  readonly debug: Debug;
}

export interface Debug {
  enable: (namespaces: string) => void;
  disable: () => void;
  log: (...parts: unknown[]) => void;
}

/** Those that an application may have (`peerDependencies`): the one that this repository uses, and the other by an alias. */
export function ioredisMajors(): Major[] {
  return [major("ioredis", ours), major("ioredis5", onOther("ioredis5"))];
}

function major(name: string, { connect, asCluster }: typeof ours): Major {
  const { version } = require(`${name}/package.json`) as { version: string };
  const debug = createRequire(require.resolve(name))("debug") as Debug;
  return { version, plain: require(name) as typeof ioredis, connect, asCluster, debug };
}

/** The same sources, as Node.js finds them where another version is called ioredis. */
function onOther(name: string): typeof ours {
  const folder = mkdtempSync(join(stateFolder(), "ioredis-"));
  try {
    const { outputFiles } = buildSync({
      entryPoints: [join(repositoryRoot, "src", "ioredis", "index.ts")],
      bundle: true,
      write: false,
      format: "cjs",
      platform: "node",
      logLevel: "error",
      alias: { ioredis: name },
      external: [name],
    });
    const file = join(folder, "connect.cjs");
    writeFileSync(file, outputFiles[0]?.text ?? "");
    return require(file) as typeof ours;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
