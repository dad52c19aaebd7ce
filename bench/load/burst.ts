// Runs on the app machine: opens many connections at the same moment and tells how many of them Redis never answered.
// argv: port, connections. The password comes through the environment.
import { openAuthenticated } from "./openAuthenticated.js";

const [port = 0, connections = 0] = process.argv.slice(2).map(Number);
const opened = await Promise.allSettled(Array.from({ length: connections }, () => openAuthenticated(port)));
for (const result of opened) if (result.status === "fulfilled") result.value.destroy();
console.log(opened.filter(({ status }) => status === "rejected").length);
