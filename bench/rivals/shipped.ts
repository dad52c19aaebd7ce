import { tunnelProgram } from "../../src/host/tunnelProgram.js";
import { clientCertificate } from "../../src/plan/certificates.js";
import { hostPaths } from "../../src/plan/hostPaths.js";
import type { TunnelEngine } from "../../src/plan/tunnel.js";
import type { Identity } from "../machines/certificates.js";
import type { Machine } from "../machines/machine.js";
import { handshakeOptions } from "./clientKeys.js";
import type { Rival } from "./rival.js";
import type { World } from "./world.js";

/** This library's tunnel by stunnel. */
export const stunnel = shipped("stunnel", "ours, stunnel", 6381, (config) => ["stunnel4", config]);

/** The same by HAProxy, without the master process that only reloads it. */
export const haproxy = shipped("haproxy", "ours, HAProxy", 6382, (config) => [
  "haproxy",
  "-db",
  "-f",
  config,
]);

function shipped(
  engine: TunnelEngine,
  label: string,
  port: number,
  command: (config: string) => readonly string[],
): Rival {
  const program = tunnelProgram(engine);
  const config = `/run/hipaa-redis/${engine}.conf`;
  return {
    name: engine,
    label,
    what: `this library's ${engine} at both ends, the very files that its hosts get, a Unix socket to Redis`,
    ours: true,
    start: async (world) => {
      const { app, node, certificates } = world;
      layDown(world, engine);
      node.write(config, program.serverConf({ privateIp: node.address, port }));
      const { serverName } = certificates;
      app.write(config, program.clientConf({ localPort: port, address: node.address, port, serverName }));
      const server = node.start(`${engine} on the node`, command(config));
      const client = app.start(`${engine} on the app host`, command(config));
      await node.listens(node.address, port);
      await app.listens("127.0.0.1", port);
      const address = `${node.address}:${port}`;
      return {
        ...{ host: "127.0.0.1", port, tlsOptions: [] },
        tunnel: { client, server },
        handshake: { address, server, options: handshakeOptions(world) },
      };
    },
  };
}

/** The tunnel's keys, and whom it trusts, where the shipped files look for them. */
function layDown({ app, node, certificates }: World, engine: TunnelEngine): void {
  const { server, client, authority } = certificates;
  writeIdentity(node, server);
  writeIdentity(app, client);
  app.write(hostPaths.trusted, authority);
  node.write(hostPaths.trusted, authority);
  const { dnsName } = clientCertificate("sessions", "web");
  node.write(hostPaths.admitted, tunnelProgram(engine).admitted.content([dnsName]));
}

function writeIdentity(machine: Machine, { certificate, privateKey }: Identity): void {
  machine.write(hostPaths.certificate, certificate);
  machine.write(hostPaths.privateKey, privateKey);
}
