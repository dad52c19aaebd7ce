import { tunnelProgram } from "../../src/host/tunnelProgram.js";
import { clientCertificate } from "../../src/plan/certificates.js";
import { hostPaths } from "../../src/plan/hostPaths.js";
import type { TunnelEngine } from "../../src/plan/tunnel.js";
import type { Identity } from "../machines/certificates.js";
import type { Machine } from "../machines/machine.js";
import { handshakeOptions } from "./clientKeys.js";
import type { Rival, Road } from "./rival.js";
import type { World } from "./world.js";

/** This library's tunnel by stunnel. */
export const stunnel = shipped("stunnel", "ours, stunnel", 6381);

/** The same by HAProxy. */
export const haproxy = shipped("haproxy", "ours, HAProxy", 6382);

function shipped(engine: TunnelEngine, label: string, port: number): Rival {
  return {
    name: engine,
    label,
    what: `this library's ${engine} at both ends, the very files that its hosts get, a Unix socket to Redis`,
    ours: true,
    start: (world) => openTunnel(world, { engine, port }),
  };
}

/** A tunnel as the hosts have it, on a port of its own. */
export async function openTunnel(
  world: World,
  { engine, port }: { readonly engine: TunnelEngine; readonly port: number },
): Promise<TunnelRoad> {
  const { app, node, certificates } = world;
  const program = tunnelProgram(engine);
  layDown(world, engine);
  const config = `/run/hipaa-redis/${engine}-${port}.conf`;
  const { serverName } = certificates;
  node.write(config, program.serverConf({ privateIp: node.address, port }));
  app.write(config, program.clientConf({ localPort: port, address: node.address, port, serverName }));
  const command = [...commands[engine], config];
  const server = node.start(`${engine} on the node`, command);
  const client = app.start(`${engine} on the app host`, command);
  await node.listens(node.address, port);
  await app.listens("127.0.0.1", port);
  const address = `${node.address}:${port}`;
  return {
    ...{ host: "127.0.0.1", port, tlsOptions: [] },
    tunnel: { client, server },
    handshake: { address, server, options: handshakeOptions(world) },
  };
}

export type TunnelRoad = Road & Required<Pick<Road, "tunnel" | "handshake">>;

/** HAProxy without the master process, which only reloads it. */
const commands: Readonly<Record<TunnelEngine, readonly string[]>> = {
  stunnel: ["stunnel4"],
  haproxy: ["haproxy", "-db", "-f"],
};

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
