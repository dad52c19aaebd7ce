// Runs on the app host as the application's Unix user: two clients through connect() that write numbers in order, each under a key of its
// own, every 20 ms to each shard, and read one that was written before. It keeps every number that was acknowledged, so that what is lost
// can be counted. argv: the file of its figures, the file at whose sight it ends, `patient`, `quick` or `plain`, and how many shards.
import { existsSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire("/opt/app/");
const { connect, patient } = require("pulumi-hipaa-redis/ioredis");
const [figuresFile, stopFile, manner, shards] = process.argv.slice(2);
const everyMs = 20;

const manners = { patient, quick: {}, plain: require("/opt/app/timeouts.json") };
const clients = [0, 1].map(() => connect(manners[manner]));
// What one client writes to one shard.
const lanes = clients.flatMap((client) =>
  Array.from({ length: Number(shards) }, (_, shard) => ({ client, shard, written: [] })),
);
const figures = {
  acknowledged: lanes.map(() => 0),
  failed: 0,
  failedReads: 0,
  missing: 0,
  wrong: 0,
  longestFailureMs: 0,
  gapMs: 0,
  lastAcknowledged: lanes.map(() => 0),
  errors: {},
  ended: 0,
};
for (const client of clients) {
  client.on("error", () => undefined);
  client.on("end", () => (figures.ended += 1));
}

// Keys that no run before has left: what that one wrote would hide what this one has lost.
const run = Date.now();
/** The first such name in a slot that the shard began with. */
function key(lane, number) {
  const name = `writes:${run}:${lane}:${number}`;
  for (let more = 0; ; more += 1) {
    const found = more === 0 ? name : `${name}:${more}`;
    if (Math.floor((slotOf(found) * shards) / 16384) === lanes[lane].shard) return found;
  }
}

/** redis.io, "Redis cluster specification", "Key distribution model". */
function slotOf(name) {
  let crc = 0;
  for (const byte of Buffer.from(name)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
  }
  return crc % 16384;
}

function noteError(error) {
  const words = error.message.slice(0, 120);
  figures.errors[words] = (figures.errors[words] ?? 0) + 1;
}

async function write(lane, number) {
  const began = Date.now();
  try {
    await lanes[lane].client.set(key(lane, number), number);
  } catch (error) {
    figures.failed += 1;
    figures.longestFailureMs = Math.max(figures.longestFailureMs, Date.now() - began);
    noteError(error);
    return;
  }
  const now = Date.now();
  const before = figures.lastAcknowledged[lane];
  if (before > 0) figures.gapMs = Math.max(figures.gapMs, now - before);
  figures.lastAcknowledged[lane] = now;
  figures.acknowledged[lane] += 1;
  lanes[lane].written.push(number);
}

/** One of them all. */
async function read(client, lane) {
  const { written } = lanes[lane];
  const number = written[Math.floor(Math.random() * written.length)];
  if (number === undefined) return;
  try {
    judge(await client.get(key(lane, number)), number, () => (figures.missing += 1));
  } catch (error) {
    figures.failedReads += 1;
    noteError(error);
  }
}

function judge(value, number, isMissing) {
  if (value === null) isMissing();
  else if (value !== String(number)) figures.wrong += 1;
}

let next = 0;
const pace = setInterval(() => {
  const number = next++;
  for (const lane of lanes.keys()) void write(lane, number);
  for (const client of clients) void read(client, number % lanes.length);
}, everyMs);

const report = setInterval(() => {
  writeFileSync(`${figuresFile}.new`, JSON.stringify(figures));
  renameSync(`${figuresFile}.new`, figuresFile);
  if (!existsSync(stopFile)) return;
  clearInterval(pace);
  clearInterval(report);
  void count();
}, 100);

/** What of all that was acknowledged is not there any more. */
async function count() {
  const reader = connect({ commandTimeout: 60_000, socketTimeout: 60_000, maxRetriesPerRequest: 100 });
  reader.on("error", () => undefined);
  const lost = [];
  for (const [lane, { written }] of lanes.entries()) {
    for (let from = 0; from < written.length; from += 500) {
      const numbers = written.slice(from, from + 500);
      const values = await Promise.all(numbers.map((number) => reader.get(key(lane, number))));
      for (const [place, number] of numbers.entries()) judge(values[place], number, () => lost.push([lane, number]));
    }
  }
  console.log(JSON.stringify({ ...figures, lost }));
  process.exit();
}
