// Runs on the app host as the application's Unix user: prints what an application would log when something fails.
// argv: what fails, and by which client: connect, or plain for ioredis itself.
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";

const [what, by] = JSON.parse(process.argv[2]);
if (what === "debug") process.env.DEBUG = "ioredis:*";
const require = createRequire(import.meta.url);
const { Redis } = require("ioredis");
const { connect } = require("pulumi-hipaa-redis/ioredis");
const timeouts = require("./timeouts.json");

const connectionFile = process.env.HIPAA_REDIS_CONNECTION ?? "/etc/hipaa-redis/connection.json";
const record = JSON.parse(readFileSync(connectionFile, "utf8"));
const [key, value] = ["log:Jane Roe", "note of Jane Roe"];

const deeds = {
  command: async (redis) => {
    await redis.rpush(key, "x");
    await redis.hset(key, "note", value);
  },
  transaction: (redis) => redis.multi().call("CONFIG", "SET", key, value).exec(),
  locked: (redis) => redis.call("CONFIG", "SET", key, value),
  password: (redis) => redis.ping(),
  debug: (redis) => redis.set(key, value),
  print: (redis) => {
    const transaction = redis.multi().set(key, value);
    console.dir([transaction, redis], { depth: 9 });
    return transaction.exec();
  },
};

const redis = client(what === "password" ? "password of Jane Roe" : undefined);
redis.on("error", log);
await deeds[what](redis).catch(log);
if (what !== "password") await redis.unlink(key);
redis.disconnect();

function log(error) {
  console.log(inspect(error, { depth: 9 }));
}

function client(wrongPassword) {
  const options = { ...timeouts, retryStrategy: null };
  if (by === "plain") {
    const { host, port, username, passwordFile } = record;
    return new Redis({
      ...options,
      host,
      port,
      username,
      password: wrongPassword ?? readFileSync(passwordFile, "utf8").trim(),
    });
  }
  if (wrongPassword === undefined) return connect({ ...options, connectionFile });
  const folder = mkdtempSync(join(tmpdir(), "log-"));
  const [passwordFile, file] = [join(folder, "password"), join(folder, "connection.json")];
  writeFileSync(passwordFile, wrongPassword);
  writeFileSync(file, JSON.stringify({ ...record, passwordFile }));
  return connect({ ...options, connectionFile: file });
}
