// Runs on the app host as root: opens TCP connections to the cache that never shake hands, and while they are open
// sends PING with the host's own certificate. argv: address, how many, certificate's file, key's file. Prints the answer.
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { connect as connectTls } from "node:tls";

const [, , address, count, certificate, privateKey] = process.argv;
const port = 6379;
const open = () =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: address, port }, () => resolve(socket)).on("error", reject);
  });
await Promise.all(Array.from({ length: Number(count) }, open));
const identity = { cert: readFileSync(certificate), key: readFileSync(privateKey) };
const honest = connectTls({ host: address, port, ...identity, rejectUnauthorized: false });
honest.on("error", (error) => console.log(error.message));
honest.write("PING\r\n");
honest.once("data", (data) => {
  console.log(data.toString());
  process.exit();
});
