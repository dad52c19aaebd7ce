// Runs on an app host as the application's Unix user: a steady load through connect(), 250 operations a second on one
// connection, and beside it a new connection every 400 ms that writes and reads once. argv: the file in which it keeps
// its figures, the file at whose sight it ends.
import { existsSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire("/opt/app/");
const { connect } = require("pulumi-hipaa-redis/ioredis");
// The machine of the tests is busier than an application's: no command may fail for that.
const timeouts = require("./timeouts.json");
const [figuresFile, stopFile] = process.argv.slice(2);
const operationsPerSecond = 250;

const figures = { operations: 0, failed: 0, connections: 0, longestMs: 0, lastAnswered: 0, errors: [] };

function open() {
  const redis = connect(timeouts);
  redis.on("error", () => undefined);
  return redis;
}

async function count(operation) {
  const started = Date.now();
  try {
    await operation();
    figures.lastAnswered = Date.now();
    figures.longestMs = Math.max(figures.longestMs, figures.lastAnswered - started);
  } catch (error) {
    figures.failed += 1;
    if (figures.errors.length < 5) figures.errors.push(error.message);
  }
  figures.operations += 1;
}

async function writeAndRead(redis, name, number) {
  const key = `load:${process.pid}:${name}`;
  const [, value] = await Promise.all([redis.set(key, String(number)), redis.get(key)]);
  if (value !== String(number)) throw new Error(`read ${value} where ${number} was written`);
}

const steady = open();
const started = Date.now();
let issued = 0;
const pace = setInterval(() => {
  for (const due = ((Date.now() - started) / 1000) * operationsPerSecond; issued < due; issued += 2) {
    const number = issued;
    void count(() => writeAndRead(steady, number % 1000, number));
    figures.operations += 1;
  }
}, 10);

const renewals = setInterval(() => {
  void count(async () => {
    const fresh = open();
    try {
      // A key of its own: between this write and read the other connection may write.
      await writeAndRead(fresh, "fresh", 0);
      figures.connections += 1;
    } finally {
      fresh.disconnect();
    }
  });
}, 400);

const report = setInterval(() => {
  writeFileSync(`${figuresFile}.new`, JSON.stringify(figures));
  renameSync(`${figuresFile}.new`, figuresFile);
  if (!existsSync(stopFile)) return;
  for (const timer of [pace, renewals, report]) clearInterval(timer);
  // What is still waiting waits for nothing.
  process.exit();
}, 200);
