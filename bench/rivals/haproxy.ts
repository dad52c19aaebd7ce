import { hostPaths } from "../../src/plan/hostPaths.js";
import { handshakeOptions } from "./clientKeys.js";
import type { Rival } from "./rival.js";

const localPort = 6382;
const serverPort = 6382;
const folder = "/run/haproxy";

/** A stand-in for the shipped files, written by hand: TLS 1.3, both ends verify, the name is checked. */
export const haproxy: Rival = {
  name: "haproxy",
  label: "ours, HAProxy",
  what: "HAProxy at both ends with the same guarantees, a Unix socket to Redis (a stand-in for the shipped files)",
  ours: true,
  start: async (world) => {
    const { app, node, certificates } = world;
    const { server, client, authority, serverName } = certificates;
    for (const [machine, identity] of [
      [node, server],
      [app, client],
    ] as const) {
      machine.write(`${folder}/own.pem`, identity.certificate + identity.privateKey);
      machine.write(`${folder}/ca.pem`, authority);
    }
    node.write(
      `${folder}/haproxy.cfg`,
      `${common}
listen redis
  bind ${node.address}:${serverPort} ssl crt ${folder}/own.pem ca-file ${folder}/ca.pem verify required
  server redis unix@${hostPaths.redisSocket}
`,
    );
    app.write(
      `${folder}/haproxy.cfg`,
      `${common}
listen redis
  bind 127.0.0.1:${localPort}
  server node ${node.address}:${serverPort} ssl crt ${folder}/own.pem ca-file ${folder}/ca.pem verify required verifyhost ${serverName} sni str(${serverName}) no-ssl-reuse
`,
    );
    const command = ["haproxy", "-db", "-f", `${folder}/haproxy.cfg`];
    const serverEnd = node.start("HAProxy on the node", command);
    const clientEnd = app.start("HAProxy on the app host", command);
    await node.listens(node.address, serverPort);
    await app.listens("127.0.0.1", localPort);
    const address = `${node.address}:${serverPort}`;
    return {
      ...{ host: "127.0.0.1", port: localPort, tlsOptions: [] },
      tunnel: { client: clientEnd, server: serverEnd },
      handshake: { address, server: serverEnd, options: handshakeOptions(world) },
    };
  },
};

const common = `global
  maxconn 4096
  ssl-default-bind-options ssl-min-ver TLSv1.3 no-tls-tickets
  ssl-default-server-options ssl-min-ver TLSv1.3
defaults
  mode tcp
  timeout connect 5s
  timeout client 12h
  timeout server 12h`;
