import { createRequire } from "node:module";
import type { RedisOptions } from "ioredis";

/**
 * Options with which an application waits for the cache however busy its machine is: no command may fail for that. The
 * programs on the booted hosts have the same.
 */
export const timeouts = createRequire(import.meta.url)("../scenario/onHost/timeouts.json") as Pick<
  RedisOptions,
  "commandTimeout" | "socketTimeout" | "connectTimeout"
>;
