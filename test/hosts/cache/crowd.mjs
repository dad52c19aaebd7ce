// Runs on the app host as root: opens TCP connections to the cache that never shake hands, another one for each that is let
// go, and while they are open sends PING with the host's own certificate. argv: address, how many, certificate's file, key's
// file. Prints the answer, and beside how many it came.
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { connect as connectTls } from "node:tls";

const [, , address, count, certificate, privateKey] = process.argv;
const port = 6379;
const standing = new Set();
const hold = () => {
  const socket = connect({ host: address, port });
  socket.on("connect", () => {
    standing.add(socket);
    if (standing.size === Number(count)) askOnce();
  });
  socket.on("error", (error) => fail(error));
  socket.on("close", () => {
    standing.delete(socket);
    hold();
  });
};
let asked = false;
for (let held = 0; held < Number(count); held += 1) hold();

function askOnce() {
  if (asked) return;
  asked = true;
  const identity = { cert: readFileSync(certificate), key: readFileSync(privateKey) };
  const honest = connectTls({ host: address, port, ...identity, rejectUnauthorized: false });
  honest.on("error", (error) => fail(error));
  honest.write("PING\r\n");
  honest.once("data", (data) => {
    console.log(data.toString().trim());
    // One that is let go in this moment has one in its place in the next.
    const report = () => {
      if (standing.size < Number(count)) return setImmediate(report);
      console.log(`beside ${standing.size}`);
      process.exit();
    };
    report();
  });
}

function fail(error) {
  console.log(error.message);
  process.exit(1);
}
