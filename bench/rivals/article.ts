import { articleIdentity } from "../machines/certificates.js";
import { openRedisPorts } from "./world.js";
import type { Rival } from "./rival.js";

const localPort = 6379;
const serverPort = 6378;

/** Its files word for word, with the addresses filled in and `foreground`, so that the bench owns the processes. */
export const article: Rival = {
  name: "article",
  label: "the 2016 article",
  what: "stunnel at both ends as the article configures it: one RSA-4096 key on both, nothing verified, TCP to Redis",
  ours: false,
  start: async (world) => {
    const { app, node } = world;
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
    const server = node.start("stunnel", ["stunnel4", "/etc/stunnel/redis-server.conf"]);
    const client = app.start("stunnel", ["stunnel4", "/etc/stunnel/redis-client.conf"]);
    await node.listens(node.address, serverPort);
    await app.listens("127.0.0.1", localPort);
    const address = `${node.address}:${serverPort}`;
    return {
      ...{ host: "127.0.0.1", port: localPort, tlsOptions: [] },
      tunnel: { client, server },
      handshake: { address, server, options: [] },
    };
  },
};
