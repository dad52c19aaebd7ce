// Runs on the app machine: sends an ECHO every ten milliseconds through connect(), never waiting for the one before, until its
// standard input ends. Prints a line {"ready"} when connected, and a line of JSON for each command as it ends.
import { setTimeout as pause } from "node:timers/promises";
import { connect } from "../../../src/ioredis/index.js";

/** What a timer may be late by before it counts as a stall. */
const lateMs = 50;

process.stdin.resume();
const redis = connect();
redis.on("error", () => undefined);
await new Promise<void>((resolve) => redis.once("ready", resolve));
tell({ event: "ready" });
let [lastTurn, stalledBefore] = [Date.now(), 0];
const commands: Promise<void>[] = [];
while (!process.stdin.readableEnded) {
  stalledBefore = stalledMs();
  lastTurn = Date.now();
  commands.push(echo());
  await pause(10);
}
await Promise.all(commands);
redis.disconnect();

async function echo(): Promise<void> {
  const begun = { started: Date.now(), stalledAtStart: stalledMs() };
  const answered = await redis.echo("there").then(
    (value) => value === "there",
    () => false,
  );
  tell({ event: "command", ...begun, ended: Date.now(), stalledAtEnd: stalledMs(), answered });
}

/** For how long this process has not been run in all, or the whole machine. */
function stalledMs(): number {
  return stalledBefore + Math.max(0, Date.now() - lastTurn - 10 - lateMs);
}

function tell(line: object): void {
  console.log(JSON.stringify(line));
}
