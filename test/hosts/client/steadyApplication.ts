// Runs on the app machine: sends an ECHO every ten milliseconds through connect(), never waiting for the one before, until its
// standard input ends. argv: options of connect() as JSON, or nothing. Prints lines of JSON: {"event": "ready"} and
// {"event": "reconnecting"} as they come, and {"event": "command", "number", "error": "" or why it failed} as each ends.
import { setTimeout as pause } from "node:timers/promises";
import { connect, type ConnectOptions } from "../../../src/ioredis/index.js";

process.stdin.resume();
const redis = connect(JSON.parse(process.argv[2] ?? "{}") as ConnectOptions);
redis.on("error", () => undefined);
for (const event of ["ready", "reconnecting"]) {
  redis.on(event, () => {
    tell({ event });
  });
}
await new Promise<void>((resolve) => redis.once("ready", resolve));
const commands: Promise<void>[] = [];
while (!process.stdin.readableEnded) {
  commands.push(echo(commands.length));
  await pause(10);
}
await Promise.all(commands);
redis.disconnect();

async function echo(number: number): Promise<void> {
  const error = await redis.echo("there").then(
    (value) => (value === "there" ? "" : `answered ${value}`),
    (reason: unknown) => (reason as Error).message,
  );
  tell({ event: "command", number, error });
}

function tell(line: object): void {
  console.log(JSON.stringify(line));
}
