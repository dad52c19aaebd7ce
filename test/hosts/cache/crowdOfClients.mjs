// Runs on the app host as root: opens connections through both tunnels, and keeps them all. Each sends PING without a
// password. Prints how many got which answer. Few at a time: a tunnel gives a connection up that does not stand within five
// seconds, and a hundred handshakes took a slow machine two. argv: how many.
import { connect } from "node:net";

const open = () =>
  new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port: 6379 }, () => socket.write("PING\r\n"));
    socket.once("data", (data) => resolve(data.toString().trim()));
    socket.once("error", (error) => resolve(error.message));
    socket.once("close", () => resolve("closed without an answer"));
  });

const atOnce = 20;
const answers = {};
for (let opened = 0; opened < Number(process.argv[2]); opened += atOnce) {
  for (const answer of await Promise.all(Array.from({ length: atOnce }, open))) {
    answers[answer] = (answers[answer] ?? 0) + 1;
  }
}
console.log(JSON.stringify(answers));
process.exit();
