import { existsSync } from "node:fs";
import { chmod, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { processOf } from "../journal.js";

/**
 * Makes `folder` by `build` unless it is there. It is built under another name and moved into place when it is whole;
 * what a build that was killed has left is taken away.
 */
export async function buildOnce(folder: string, build: (building: string) => Promise<void>): Promise<void> {
  if (existsSync(folder)) return;
  await removeAbandoned(dirname(folder));
  const building = await mkdtemp(join(dirname(folder), `building-${process.pid}-`));
  try {
    await chmod(building, 0o755);
    await build(building);
    await rename(building, folder).catch((error: unknown) => {
      // Another process was faster: its result is as good.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

async function removeAbandoned(parent: string): Promise<void> {
  for (const path of await readdir(parent)) {
    const pid = /^building-(\d+)-/.exec(basename(path))?.[1];
    if (pid === undefined || processOf(Number(pid)) !== undefined) continue;
    await rm(join(parent, path), { recursive: true, force: true });
  }
}
