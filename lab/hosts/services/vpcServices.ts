import { createSocket } from "node:dgram";
import { createServer as createHttp } from "node:http";
import { createServer as createTcp } from "node:net";
import { decode, encode, streamDecode, streamEncode } from "dns-packet";
import { metadataAddress, resolverAddress, timeAddress } from "../network/facts.js";
import { roleAssumer } from "./assumeRole.js";
import { MetadataServices } from "./metadata.js";
import { resolve } from "./resolve.js";
import { answerTime } from "./time.js";
import { readConfig, readyLine, type VpcServicesConfig } from "./serviceConfig.js";

// Every host's instance metadata service, resolver and time server. They stand in the router, not in the host, so that the host's
// own firewall sees their packets on eth0 as on AWS; the router's source check makes the sender's address its identity.
const config = readConfig() as VpcServicesConfig;
const services = new MetadataServices(roleAssumer(config.region, config.localStackSocket));
services.show(config.instances);

const metadata = createHttp((request, response) => {
  const service = services.of(request.socket.remoteAddress ?? "");
  const { method = "GET", url = "/", headers } = request;
  const answer = service?.answer({ method, path: url, headers }) ?? Promise.resolve({ status: 404, body: "" });
  answer.then(
    ({ status, body }) =>
      response.writeHead(status, { "content-type": "text/plain", "content-length": Buffer.byteLength(body) }).end(body),
    (error: unknown) => {
      console.error(String(error));
      response.writeHead(500).end();
    },
  );
});

const udp = createSocket("udp4", (message, { address, port }) => {
  try {
    udp.send(encode(resolve(decode(message), config.names)), port, address);
  } catch (error) {
    console.error(`not a DNS query from ${address}: ${String(error)}`);
  }
});

const tcp = createTcp((socket) => {
  let received = Buffer.alloc(0);
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    received = Buffer.concat([received, chunk]);
    if (received.length < 2 || received.length < received.readUInt16BE() + 2) return;
    try {
      socket.end(streamEncode(resolve(streamDecode(received), config.names)));
    } catch {
      socket.destroy();
    }
  });
});

const time = createSocket("udp4", (query, { address, port }) => {
  const answer = answerTime(query, new Date());
  if (answer !== undefined) time.send(answer, port, address);
});

await Promise.all([
  new Promise<void>((resolve) => metadata.listen(80, metadataAddress, resolve)),
  new Promise<void>((resolve) => udp.bind(53, resolverAddress, resolve)),
  new Promise<void>((resolve) => tcp.listen(53, resolverAddress, resolve)),
  new Promise<void>((resolve) => time.bind(123, timeAddress, resolve)),
]);
// Hosts ask at any moment: other instances come while it answers.
process.on("SIGHUP", () => {
  services.show((readConfig() as VpcServicesConfig).instances);
  console.log(readyLine);
});
console.log(readyLine);
