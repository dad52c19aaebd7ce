// Runs on the app machine: opens connections to a local port, uses each once, and tells how much memory two processes
// then hold. argv: port, connections, the two pids. The password comes through the environment.
import type { Socket } from "node:net";
import { anonymousKibibytes } from "../../lab/machines/usage.js";
import { openAuthenticated } from "./openAuthenticated.js";

const [port = 0, connections = 0, ...pids] = process.argv.slice(2).map(Number);
const [clientPid = 0, serverPid = 0] = pids;

const sockets: Socket[] = [];
for (let count = 0; count < connections; count += 1) sockets.push(await openAuthenticated(port));
const held = {
  clientKibibytes: anonymousKibibytes(clientPid),
  serverKibibytes: anonymousKibibytes(serverPid),
};
for (const socket of sockets) socket.destroy();
console.log(JSON.stringify(held));
