// Runs on the app host as root: opens connections through both tunnels, a hundred at a time, and keeps them all. Each
// sends PING without a password. Prints how many got which answer. argv: how many.
import { connect } from "node:net";

const open = () =>
  new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port: 6379 }, () => socket.write("PING\r\n"));
    socket.once("data", (data) => resolve(data.toString().trim()));
    socket.once("error", (error) => resolve(error.message));
    socket.once("close", () => resolve("closed without an answer"));
  });

const answers = {};
for (let opened = 0; opened < Number(process.argv[2]); opened += 100) {
  for (const answer of await Promise.all(Array.from({ length: 100 }, open))) {
    answers[answer] = (answers[answer] ?? 0) + 1;
  }
}
console.log(JSON.stringify(answers));
process.exit();
