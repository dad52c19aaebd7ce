// An application: runs on the app machine, sends a read-mostly mix to the cache, tells its figures.
// argv: ApplicationLoad as JSON. The password comes through the environment, HIPAA_REDIS_CONNECTION as for connect().
// Prints an ApplicationResult, or {} when it preloads.
import type { ApplicationLoad, ApplicationResult } from "./applicationLoad.js";
import { openClient, openIoredis, type CacheClient } from "./clients.js";
import { keyName, keys, newMix, valueOf } from "./mix.js";
import { quantile } from "./statistics.js";
import { leastWarmUpMilliseconds } from "./warmUp.js";
import { watch, type Costs } from "./watch.js";

const load = JSON.parse(process.argv[2] ?? "") as ApplicationLoad;
const password = process.env.REDIS_PASSWORD ?? "";

console.log(JSON.stringify(load.preload ? await preload() : await measure()));

async function preload(): Promise<object> {
  const redis = openIoredis("plain", load, password);
  for (let first = 0; first < keys; first += 500) {
    const pipeline = redis.pipeline();
    for (let key = first; key < first + 500; key += 1) pipeline.set(keyName(key), valueOf(key));
    await pipeline.exec();
  }
  redis.disconnect();
  return {};
}

async function measure(): Promise<ApplicationResult> {
  const clients: CacheClient[] = [];
  for (let opened = 0; opened < load.connections; opened += 1) {
    clients.push(await openClient(load.client, load, password));
  }
  const warmUp = await work(clients, Math.max(load.milliseconds, leastWarmUpMilliseconds));
  const stopWatching =
    load.watch && (await watch({ ...load.watch.processes, application: process.pid }, load.watch.counted));
  const before = process.cpuUsage();
  const started = performance.now();
  const latencies = await work(clients, load.milliseconds);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  const costs = await stopWatching?.();
  for (const client of clients) client.close();
  latencies.sort((a, b) => a - b);
  return {
    operations: warmUp.length + latencies.length,
    operationsPerSecond: latencies.length / seconds,
    p50Microseconds: quantile(latencies, 0.5) * 1000,
    p99Microseconds: quantile(latencies, 0.99) * 1000,
    cpuMicroseconds: (user + system) / latencies.length,
    ...(costs && { costs: perOperation(costs, latencies.length) }),
  };
}

function perOperation(costs: Readonly<Record<string, Costs>>, operations: number): Record<string, Costs> {
  const each = (of: Costs): Costs => Object.fromEntries(Object.entries(of).map(([name, n]) => [name, n / operations]));
  return Object.fromEntries(Object.entries(costs).map(([process, of]) => [process, each(of)]));
}

/** `inFlight` requests go on side by side; each waits for its own answer before it sends its next command. */
async function work(clients: readonly CacheClient[], milliseconds: number): Promise<number[]> {
  const latencies: number[] = [];
  const until = performance.now() + milliseconds;
  let left = load.operations;
  const goesOn = (): boolean => (left === undefined ? performance.now() < until : left-- > 0);
  const next = newMix(load.seed);
  const request = async (client: CacheClient): Promise<void> => {
    while (goesOn()) {
      const started = performance.now();
      const { key, reads } = next();
      await (reads ? client.get(keyName(key)) : client.set(keyName(key), valueOf(key)));
      latencies.push(performance.now() - started);
    }
  };
  const requests = Array.from({ length: load.inFlight / clients.length }, () => clients.map(request));
  await Promise.all(requests.flat());
  return latencies;
}
