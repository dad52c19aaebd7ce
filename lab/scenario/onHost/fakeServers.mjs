// Runs on the app host, in the cache's place: a server for each line of JSON in the file servers of the folder in argv,
//   {"port", "certificate": file or nothing for plain text, "privateKey": file, "maxVersion": of TLS, or nothing}
// which answers like Redis. Writes what reaches it, or why nothing did, to a file of the folder that its port names.
import { appendFileSync, readFileSync } from "node:fs";
import { createServer as createPlainServer } from "node:net";
import { join } from "node:path";
import { createServer } from "node:tls";

const folder = process.argv[2];
/** The first byte of a TLS handshake (RFC 8446, section 5.1). */
const handshakeRecord = 0x16;
for (const line of readFileSync(join(folder, "servers"), "utf8").trim().split("\n")) start(JSON.parse(line));

function start({ port, certificate, privateKey, maxVersion }) {
  const log = (text) => appendFileSync(join(folder, String(port)), `${text}\n`);
  const serve = (socket) => {
    socket.on("error", (error) => log(`ended: ${error.message}`));
    socket.on("data", (data) => {
      if (data[0] === handshakeRecord) {
        log("refused: it speaks TLS");
        return socket.end("+PONG\r\n");
      }
      log(`got ${data.length} bytes`);
      socket.end("-ERR it is me, the man in the middle\r\n");
    });
    socket.on("close", () => log("closed"));
  };
  if (certificate === undefined) return createPlainServer(serve).listen(port, "127.0.0.1");
  const identity = {
    cert: readFileSync(join(folder, certificate)),
    key: readFileSync(join(folder, privateKey)),
  };
  const versions = maxVersion === undefined ? {} : { minVersion: "TLSv1", maxVersion };
  const server = createServer({ ...identity, ...versions, requestCert: true, rejectUnauthorized: false }, serve);
  server.on("tlsClientError", (error) => log(`refused: ${error.message}\nclosed`));
  return server.listen(port, "127.0.0.1");
}
