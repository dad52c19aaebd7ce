// Runs on the app machine: opens connections to a local port, uses each once, and tells how much memory two processes
// then hold. argv: port, connections, the two pids. The password comes through the environment.
import { once } from "node:events";
import { createConnection, type Socket } from "node:net";
import { anonymousKibibytes } from "../machines/usage.js";

const [port = 0, connections = 0, ...pids] = process.argv.slice(2).map(Number);
const [clientPid = 0, serverPid = 0] = pids;
const password = process.env.BENCH_PASSWORD ?? "";

const sockets: Socket[] = [];
for (let count = 0; count < connections; count += 1) sockets.push(await open());
const held = {
  clientKibibytes: anonymousKibibytes(clientPid),
  serverKibibytes: anonymousKibibytes(serverPid),
};
for (const socket of sockets) socket.destroy();
console.log(JSON.stringify(held));

async function open(): Promise<Socket> {
  const socket = createConnection({ host: "127.0.0.1", port });
  socket.write(`AUTH ${password}\r\n`);
  const [answer] = (await once(socket, "data")) as [Buffer];
  if (answer.toString() !== "+OK\r\n")
    throw new Error(`Redis did not take the password: ${answer.toString()}`);
  return socket;
}
