// Runs on the app host, in the place of the cache: a TLS server with the certificate that it is given, which answers
// and counts all that reaches it. argv: the certificate's file, the key's file, the port.
import { readFileSync } from "node:fs";
import { createServer } from "node:tls";

const [, , certificate, privateKey, port] = process.argv;
const identity = { cert: readFileSync(certificate), key: readFileSync(privateKey) };
const server = createServer({ ...identity, requestCert: true, rejectUnauthorized: false }, (socket) => {
  socket.on("error", () => undefined);
  socket.on("data", (data) => {
    console.log(`got ${data.length} bytes`);
    socket.write("-ERR it is me, the man in the middle\r\n");
  });
});
server.on("tlsClientError", () => console.log("refused"));
server.listen(Number(port), "127.0.0.1");
