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
    // An answer for each command, of which several may come at once.
    const commands = data.toString().match(/^\*\d/gm)?.length ?? 1;
    socket.write("-ERR it is me, the man in the middle\r\n".repeat(commands));
  });
});
server.on("tlsClientError", () => console.log("refused"));
server.listen(Number(port), "127.0.0.1");
