import { clientTunnelConf, serverTunnelConf } from "../../src/host/stunnelConf.js";
import { hostPaths } from "../../src/plan/hostPaths.js";
import type { Machine } from "../machines/machine.js";
import type { Identity } from "../machines/certificates.js";
import { handshakeOptions } from "./clientKeys.js";
import type { Rival } from "./rival.js";

const localPort = 6381;
const serverPort = 6381;
const config = "/run/hipaa-redis/stunnel.conf";

export const stunnel: Rival = {
  name: "stunnel",
  label: "ours, stunnel",
  what: "this library's stunnel at both ends, the very files that its hosts get, a Unix socket to Redis",
  ours: true,
  start: async (world) => {
    const { app, node, certificates } = world;
    const { server, client, authority, serverName } = certificates;
    layDown(node, server, authority + client.certificate);
    layDown(app, client, authority);
    node.write(config, serverTunnelConf({ privateIp: node.address, port: serverPort }));
    app.write(config, clientTunnelConf({ localPort, address: node.address, port: serverPort, serverName }));
    const serverEnd = node.start("stunnel on the node", ["stunnel4", config]);
    const clientEnd = app.start("stunnel on the app host", ["stunnel4", config]);
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

/** The tunnel's keys where src/host's files look for them. */
export function layDown(machine: Machine, { certificate, privateKey }: Identity, trusted: string): void {
  machine.write(hostPaths.certificate, certificate);
  machine.write(hostPaths.privateKey, privateKey);
  machine.write(hostPaths.trusted, trusted);
}
