// Runs on the app machine: opens connections one after another, uses each once, closes it. argv: port, connections.
// The password comes through the environment.
import { openAuthenticated } from "./openAuthenticated.js";

const [port = 0, connections = 0] = process.argv.slice(2).map(Number);
for (let count = 0; count < connections; count += 1) (await openAuthenticated(port)).destroy();
