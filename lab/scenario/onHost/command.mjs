// Runs on the app host: sends Redis commands through the tunnel, each on a connection of its own, and tells what came
// back. argv: a JSON list of {command, password?}; without a password the connection file's own is used, "" sends none.
// Prints a JSON list of {reply} or {error}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { Redis } = require("ioredis");
const { connect } = require("pulumi-hipaa-redis/ioredis");
// The lab's machine may be busier than an application's: no command may fail for that.
const timeouts = require("./timeouts.json");

const answers = [];
for (const { command, password } of JSON.parse(process.argv[2])) {
  answers.push(await answer(command, password));
}
console.log(JSON.stringify(answers));

async function answer([name, ...args], password) {
  const redis = client(password);
  redis.on("error", () => undefined);
  try {
    return { reply: await redis.call(name, ...args) };
  } catch (error) {
    return { error: error.message };
  } finally {
    redis.disconnect();
  }
}

function client(password) {
  if (password === undefined) return connect(timeouts);
  const file = process.env.HIPAA_REDIS_CONNECTION ?? "/etc/hipaa-redis/connection.json";
  const { host, port, username } = JSON.parse(readFileSync(file, "utf8"));
  return new Redis({
    ...(password === "" ? { host, port } : { host, port, username, password }),
    ...timeouts,
    enableReadyCheck: false,
    maxRetriesPerRequest: 0,
    retryStrategy: null,
  });
}
