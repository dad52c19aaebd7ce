import { articleIdentity } from "../machines/certificates.js";
import type { TunnelRoute } from "./route.js";
import { openRedisPorts } from "./redisServers.js";
import type { Fixture } from "./fixture.js";

const localPort = 6379;
const serverPort = 6378;

/** The article's tunnel, word for word, with the addresses filled in and `foreground`, so that the lab owns the processes. */
export async function openArticle({ app, node }: Fixture): Promise<TunnelRoute> {
  const { privateKey, certificate } = await articleIdentity();
  for (const machine of [app, node]) machine.write("/etc/stunnel/private.pem", privateKey + certificate);
  node.write(
    "/etc/stunnel/redis-server.conf",
    `cert = /etc/stunnel/private.pem
pid = /var/run/stunnel.pid
foreground = yes
[redis]
accept = ${node.address}:${serverPort}
connect = 127.0.0.1:${openRedisPorts.plaintext}
`,
  );
  app.write(
    "/etc/stunnel/redis-client.conf",
    `cert = /etc/stunnel/private.pem
client = yes
pid = /var/run/stunnel.pid
foreground = yes
[redis]
accept = 127.0.0.1:${localPort}
connect = ${node.address}:${serverPort}
`,
  );
  const address = `${node.address}:${serverPort}`;
  const server = await node.start("stunnel", ["stunnel4", "/etc/stunnel/redis-server.conf"], address);
  const local = `127.0.0.1:${localPort}`;
  const client = await app.start("stunnel", ["stunnel4", "/etc/stunnel/redis-client.conf"], local);
  return {
    host: "127.0.0.1",
    port: localPort,
    tlsOptions: [],
    tunnel: { client, server },
    handshake: { address, server, options: [] },
  };
}
