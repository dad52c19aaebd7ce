import { existsSync, renameSync, rmSync } from "node:fs";
import { withLock } from "../lock.js";

/**
 * Makes a folder once, however many runs ask for it at the same time. `build` fills a draft beside it, which is moved in
 * place only when it is finished: a build that was cut short is never taken for a whole one.
 */
export async function buildOnce(
  folder: string,
  progress: (line: string) => void,
  build: (draft: string) => Promise<void>,
): Promise<void> {
  if (existsSync(folder)) return;
  const waits = (): void => {
    progress(`another run is making ${folder}: waiting for it`);
  };
  await withLock(`${folder}.lock`, waits, async () => {
    // Another run may have finished between the look and the lock.
    if (!existsSync(folder)) await buildDraft(folder, build);
  });
}

async function buildDraft(folder: string, build: (draft: string) => Promise<void>): Promise<void> {
  const draft = `${folder}.draft`;
  rmSync(draft, { recursive: true, force: true });
  try {
    await build(draft);
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
