// Runs on the app host as the application's Unix user: honest traffic through connect(), a write and a read every
// 20 milliseconds, until its standard input ends. All keys are in one slot, so in one shard where there are several. Appends a
// line "start duration answered" (milliseconds, 1 or 0) for each operation to the file in argv.
import { appendFileSync } from "node:fs";
import { createRequire } from "node:module";
import { setTimeout as pause } from "node:timers/promises";

const require = createRequire(import.meta.url);
const { connect } = require("pulumi-hipaa-redis/ioredis");
// A test machine that is busy is no failure: how long an operation took is told, and judged by whoever reads it.
const timeouts = require("./timeouts.json");

const log = process.argv[2];
let going = true;
process.stdin.on("end", () => (going = false)).resume();
const redis = connect({ ...timeouts, maxRetriesPerRequest: 0 });
redis.on("error", () => undefined);
await operation("there", () => redis.set("{steady}", "there", "GET").then(() => "there"));

const running = new Set();
for (let number = 0; going; number += 1) {
  const value = `value ${number % 100}`;
  for (const [expected, run] of [
    ["OK", () => redis.set(`{steady}:${number % 100}`, value, "EX", 3600)],
    [value, () => redis.get(`{steady}:${number % 100}`)],
  ]) {
    const ending = operation(expected, run).finally(() => running.delete(ending));
    running.add(ending);
  }
  await pause(20);
}
await Promise.all(running);
redis.disconnect();

async function operation(expected, run) {
  const started = Date.now();
  const answered = await run().then(
    (value) => value === expected,
    () => false,
  );
  appendFileSync(log, `${started} ${Date.now() - started} ${answered ? 1 : 0}\n`);
}
