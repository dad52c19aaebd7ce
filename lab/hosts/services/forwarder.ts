import { createServer, connect as connectTcp } from "node:net";
import { connect as connectTls } from "node:tls";
import { readConfig, readyLine, type ForwarderConfig } from "./serviceConfig.js";

// A Unix socket is the one thing that reaches from a namespace without a route out to LocalStack.
const { localStackSocket, endpoint } = readConfig() as ForwarderConfig;
const { hostname, port, protocol } = new URL(endpoint);
const target = {
  host: hostname,
  port: Number(port || (protocol === "https:" ? 443 : 80)),
  servername: hostname,
};

const server = createServer((client) => {
  const upstream = protocol === "https:" ? connectTls(target) : connectTcp(target);
  client.pipe(upstream).pipe(client);
  client.on("error", () => upstream.destroy());
  upstream.on("error", () => client.destroy());
});
server.listen(localStackSocket, () => {
  console.log(readyLine);
});
