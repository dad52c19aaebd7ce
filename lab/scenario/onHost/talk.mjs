// Speaks to a Redis in raw bytes, many conversations at once, each on a connection of its own. Runs on the app host,
// as one of its users, and beside the lab. Reads JSON from its standard input:
//   {"to": options of net.connect, "user" and "passwordFile": of Redis, or nothing, "conversations": [bytes as latin1, …]}
// Each conversation is sent as it is, behind AUTH where there is a user, and with QUIT at its end. Prints a
// JSON list of what came back, as latin1, without the answers to AUTH and QUIT.
import { readFileSync } from "node:fs";
import { connect } from "node:net";

const { to, user, passwordFile, conversations } = JSON.parse(readFileSync(0, "utf8"));
const atOnce = 16;
const timeoutMs = 50_000;
const auth = user === undefined ? "" : `AUTH ${user} ${readFileSync(passwordFile, "latin1").trim()}\r\n`;

const answers = [];
let next = 0;
await Promise.all(
  Array.from({ length: Math.min(atOnce, conversations.length) }, async () => {
    while (next < conversations.length) {
      const index = next++;
      answers[index] = await talk(conversations[index]);
    }
  }),
);
process.stdout.write(JSON.stringify(answers));

function talk(bytes) {
  return new Promise((resolve) => {
    const socket = connect(to);
    let came = "";
    const end = (why) => {
      socket.destroy();
      const answered = auth !== "" && came.startsWith("+OK\r\n") ? came.slice(5) : came;
      resolve(answered.replace(/\+OK\r\n$/, "") + why);
    };
    socket.setTimeout(timeoutMs, () => end("no answer"));
    socket.on("error", (error) => end(`${error.code}`));
    socket.on("data", (data) => (came += data.toString("latin1")));
    socket.on("close", () => end(""));
    socket.write(Buffer.from(`${auth}${bytes}QUIT\r\n`, "latin1"));
  });
}
