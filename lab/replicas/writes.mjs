// Runs on the app host as the application's Unix user: two clients through connect() that write numbers in order, each under a key of its
// own, every 20 ms, and read one that was written before. It keeps every number that was acknowledged, so that what is lost can be
// counted. argv: the file of its figures, the file at whose sight it ends, `patient`, `quick` or `plain`.
import { existsSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire("/opt/app/");
const { connect, patient } = require("pulumi-hipaa-redis/ioredis");
const [figuresFile, stopFile, manner] = process.argv.slice(2);
const everyMs = 20;

const figures = {
  acknowledged: [0, 0],
  failed: 0,
  wrong: 0,
  longestFailureMs: 0,
  gapMs: 0,
  lastAcknowledged: [0, 0],
  errors: {},
  ended: 0,
};
const written = [[], []];
const manners = { patient, quick: {}, plain: require("/opt/app/timeouts.json") };
const clients = [0, 1].map(() => connect(manners[manner]));
for (const client of clients) {
  client.on("error", () => undefined);
  client.on("end", () => (figures.ended += 1));
}
// Keys that no run before has left: what that one wrote would hide what this one has lost.
const run = Date.now();
const key = (client, number) => `writes:${run}:${client}:${number}`;

async function attempt(run) {
  const began = Date.now();
  try {
    await run();
    return true;
  } catch (error) {
    figures.failed += 1;
    figures.longestFailureMs = Math.max(figures.longestFailureMs, Date.now() - began);
    const words = error.message.slice(0, 120);
    figures.errors[words] = (figures.errors[words] ?? 0) + 1;
    return false;
  }
}

let next = 0;
const pace = setInterval(() => {
  const number = next++;
  clients.forEach((client, index) => {
    void attempt(() => client.set(key(index, number), number)).then((done) => {
      if (!done) return;
      const now = Date.now();
      const before = figures.lastAcknowledged[index];
      if (before > 0) figures.gapMs = Math.max(figures.gapMs, now - before);
      figures.lastAcknowledged[index] = now;
      figures.acknowledged[index] += 1;
      written[index].push(number);
    });
  });
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
  for (const index of [0, 1]) {
    for (let from = 0; from < written[index].length; from += 500) {
      const numbers = written[index].slice(from, from + 500);
      const values = await reader.mget(numbers.map((number) => key(index, number)));
      values.forEach((value, place) => {
        if (value === null) lost.push([index, numbers[place]]);
        else if (value !== String(numbers[place])) figures.wrong += 1;
      });
    }
  }
  console.log(JSON.stringify({ ...figures, lost }));
  process.exit();
}
