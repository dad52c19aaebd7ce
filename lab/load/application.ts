// An application: runs on the app machine, sends a read-mostly mix through one ioredis client, tells its figures.
// argv: ApplicationLoad as JSON. The password comes through the environment, HIPAA_REDIS_CONNECTION as for connect().
// Prints an ApplicationResult, or {} when it preloads.
import { Redis } from "ioredis";
import { connect } from "../../src/ioredis/index.js";
import type { ApplicationLoad, ApplicationResult } from "./applicationLoad.js";
import { timeouts } from "./timeouts.js";
import { keyName, keys, newMix, valueOf } from "./mix.js";
import { quantile } from "./statistics.js";

const load = JSON.parse(process.argv[2] ?? "") as ApplicationLoad;

const redis = client();
redis.on("error", (error) => {
  throw error;
});
await redis.ping();
const figures = load.preload ? await preload() : await measure();
redis.disconnect();
console.log(JSON.stringify(figures));

function client(): Redis {
  const { host, port } = load;
  if (load.client === "connect") return connect(timeouts);
  const password = process.env.REDIS_PASSWORD;
  return new Redis({ host, port, password, enableAutoPipelining: load.client === "autopipelining" });
}

async function preload(): Promise<object> {
  for (let first = 0; first < keys; first += 500) {
    const pipeline = redis.pipeline();
    for (let key = first; key < first + 500; key += 1) pipeline.set(keyName(key), valueOf(key));
    await pipeline.exec();
  }
  return {};
}

async function measure(): Promise<ApplicationResult> {
  // An application runs for days: its code has long been compiled.
  const warmUp = await work();
  const started = performance.now();
  const latencies = await work();
  const seconds = (performance.now() - started) / 1000;
  latencies.sort((a, b) => a - b);
  return {
    operations: warmUp.length + latencies.length,
    operationsPerSecond: latencies.length / seconds,
    p50Microseconds: quantile(latencies, 0.5) * 1000,
    p99Microseconds: quantile(latencies, 0.99) * 1000,
  };
}

/** `inFlight` requests go on side by side; each waits for its own answer before it sends its next command. */
async function work(): Promise<number[]> {
  const latencies: number[] = [];
  const until = performance.now() + load.milliseconds;
  let left = load.operations;
  const goesOn = (): boolean => (left === undefined ? performance.now() < until : left-- > 0);
  const next = newMix(load.seed);
  const request = async (): Promise<void> => {
    while (goesOn()) {
      const started = performance.now();
      const { key, reads } = next();
      await (reads ? redis.get(keyName(key)) : redis.set(keyName(key), valueOf(key)));
      latencies.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: load.inFlight }, request));
  return latencies;
}
