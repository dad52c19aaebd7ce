// Runs on the app machine: sends a GET every ten milliseconds through connect(), never waiting for the one before.
// argv: how many. Prints a line {"ready"} when connected, a line of JSON for each command as it ends, and {"done"}.
import { setTimeout as pause } from "node:timers/promises";
import { connect } from "../../../src/ioredis/index.js";

const redis = connect();
redis.on("error", () => undefined);
await redis.set("steady", "there");
tell({ event: "ready" });
const commands: Promise<void>[] = [];
for (let count = Number(process.argv[2]); count > 0; count -= 1) {
  commands.push(get());
  await pause(10);
}
await Promise.all(commands);
redis.disconnect();
tell({ event: "done" });

async function get(): Promise<void> {
  const started = Date.now();
  const answered = await redis.get("steady").then(
    (value) => value === "there",
    () => false,
  );
  tell({ event: "command", started, ended: Date.now(), answered });
}

function tell(line: object): void {
  console.log(JSON.stringify(line));
}
