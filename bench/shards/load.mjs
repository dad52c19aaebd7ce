// Runs on the app host as the application's Unix user: four reads for each write, of values of 100 bytes under 10,000 keys, through one client
// of connect(). argv: how many commands are in flight, and for how many seconds. Prints how many were answered, and what it took.
import { createRequire } from "node:module";

const require = createRequire("/opt/app/");
const { connect } = require("pulumi-hipaa-redis/ioredis");
const [inFlight, seconds] = process.argv.slice(2).map(Number);
const warmUpMs = 2000;
const client = connect(require("/opt/app/timeouts.json"));
const value = "x".repeat(100);

async function work(milliseconds) {
  const until = performance.now() + milliseconds;
  let operations = 0;
  const request = async () => {
    while (performance.now() < until) {
      const key = `load:${Math.floor(Math.random() * 10_000)}`;
      await (operations % 5 === 0 ? client.set(key, value) : client.get(key));
      operations += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, request));
  return operations;
}

const warmUp = await work(warmUpMs);
const before = process.cpuUsage();
const began = performance.now();
const operations = await work(1000 * seconds);
const tookSeconds = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage(before);
const figures = {
  all: warmUp + operations,
  operationsPerSecond: operations / tookSeconds,
  cpuMicroseconds: (user + system) / operations,
};
console.log(JSON.stringify(figures));
process.exit();
