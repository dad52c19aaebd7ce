// Runs on the app host as the application's Unix user: writes and reads records of made-up patients through connect().
// argv: how many records, and "read" where they are there already and are only read. Prints one line of JSON; a record that doesn't
// come back as it went is an error.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { connect } = require("pulumi-hipaa-redis/ioredis");
// The lab's machine may be busier than an application's: no command may fail for that.
const timeouts = require("./timeouts.json");

const count = Number(process.argv[2]);
const conditions = ["J45.909", "E11.9", "I10", "M54.50", "F41.1", "Z00.00"];
const names = ["Ada", "Grace", "Mary", "Florence", "Elizabeth", "Virginia"];

/** A synthetic visit: nobody's data, of the size and form of a real one. */
function visit(number) {
  return JSON.stringify({
    medicalRecordNumber: `MRN-${String(number).padStart(8, "0")}`,
    name: `${names[number % names.length]} Example-${number}`,
    birthDate: new Date(Date.UTC(1930 + (number % 90), number % 12, 1 + (number % 28))).toISOString().slice(0, 10),
    diagnosis: conditions[number % conditions.length],
    vitals: { systolic: 100 + (number % 60), diastolic: 60 + (number % 40), heartRate: 55 + (number % 50) },
    note: "Synthetic record. ".repeat(1 + (number % 20)),
  });
}

const redis = connect({ ...timeouts, lazyConnect: true });
redis.on("error", () => undefined);
await redis.connect();
const numbers = Array.from({ length: count }, (_, number) => number);
const started = process.hrtime.bigint();
const toWrite = process.argv[3] === "read" ? [] : numbers;
await Promise.all(toWrite.map((number) => redis.set(`visit:${number}`, visit(number), "EX", 3600)));
const written = process.hrtime.bigint();
const read = await Promise.all(numbers.map((number) => redis.get(`visit:${number}`)));
const done = process.hrtime.bigint();
const wrong = numbers.filter((number) => read[number] !== visit(number)).length;
redis.disconnect();

const milliseconds = (from, to) => Number((to - from) / 1_000_000n);
console.log(
  JSON.stringify({
    written: toWrite.length,
    readBack: count - wrong,
    bytes: read.reduce((sum, text) => sum + (text?.length ?? 0), 0),
    writeMilliseconds: milliseconds(started, written),
    readMilliseconds: milliseconds(written, done),
  }),
);
process.exitCode = wrong === 0 ? 0 : 1;
