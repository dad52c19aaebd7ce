import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * A folder for things that are built or fetched once and kept between runs: the engine, LocalStack, the base image.
 * `HIPAA_REDIS_LAB_CACHE` moves it; by default it is `pulumi-hipaa-redis` in the user's cache folder (XDG Base Directory).
 */
export function cacheFolder(...parts: string[]): string {
  const base =
    process.env.HIPAA_REDIS_LAB_CACHE ??
    join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "pulumi-hipaa-redis");
  const folder = join(base, ...parts);
  mkdirSync(folder, { recursive: true });
  return folder;
}
