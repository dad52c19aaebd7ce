// Runs on the app machine: opens connections to a local port or Unix socket, uses each once, and tells how much memory two
// processes then hold. argv: port or path, connections, the two pids. The password comes through the environment.
import type { Socket } from "node:net";
import { anonymousKibibytes } from "../../lab/machines/usage.js";
import { openAuthenticated } from "./openAuthenticated.js";

const [local = "", ...numbers] = process.argv.slice(2);
const [connections = 0, clientPid = 0, serverPid = 0] = numbers.map(Number);

const sockets: Socket[] = [];
for (let count = 0; count < connections; count += 1) sockets.push(await openAuthenticated(local));
const held = {
  clientKibibytes: anonymousKibibytes(clientPid),
  serverKibibytes: anonymousKibibytes(serverPid),
};
for (const socket of sockets) socket.destroy();
console.log(JSON.stringify(held));
