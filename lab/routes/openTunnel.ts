import { admittedConf } from "../../src/host/admitted.js";
import { tunnelProgram } from "../../src/host/tunnelProgram.js";
import { clientCertificate } from "../../src/plan/certificates.js";
import { hostPaths } from "../../src/host/hostPaths.js";
import { callsRedis, servesRedis, type TunnelEngine } from "../../src/plan/tunnel.js";
import { keyExchange } from "../../src/plan/keyExchange.js";
import type { Identity } from "../x509/identity.js";
import type { Machine } from "../machines/machine.js";
import { handshakeOptions } from "./clientKeys.js";
import type { TunnelRoute } from "./route.js";
import { tunnelCommand } from "./tunnelCommand.js";
import type { Fixture } from "./fixture.js";
import type { TunnelPrograms } from "./tunnelPrograms.js";

/** Where the near end of a tunnel listens: both is what hosts have by default. */
export type NearEnd = "both" | "port" | "socket";

const ports: Readonly<Record<TunnelEngine, Readonly<Record<NearEnd, number>>>> = {
  stunnel: { both: 6381, port: 6381, socket: 6385 },
  haproxy: { both: 6382, port: 6382, socket: 6386 },
};

/**
 * This library's tunnel, by the very files that its hosts get; a fixture can have both programs side by side, by port and by socket. By
 * default this machine's own programs make it, and exchange keys as they do by themselves.
 */
export async function openTunnel(
  fixture: Fixture,
  tunnel: TunnelEngine,
  nearEnd: NearEnd = "both",
  programs?: TunnelPrograms,
): Promise<TunnelRoute> {
  const port = ports[tunnel][nearEnd];
  const socketPath = nearEnd === "port" ? undefined : `${hostPaths.runFolder}/${tunnel}.sock`;
  const { app, node, certificates } = fixture;
  const program = tunnelProgram(tunnel);
  layDown(fixture, tunnel);
  const config = tunnelConfig(tunnel, nearEnd);
  const { serverName } = certificates;
  const exchange = programs === undefined ? {} : keyExchange(programs.operatingSystem);
  node.write(config, program.conf({ ...servesRedis({ privateIp: node.address, port }), ...exchange }));
  const bySocket = socketPath === undefined ? {} : { socketPath };
  const listens = [
    ...(socketPath === undefined ? [] : [socketPath]),
    ...(nearEnd === "socket" ? [] : [`127.0.0.1:${port}`]),
  ];
  app.write(config, program.conf({ ...callsRedis(listens, { address: node.address, port, serverName }), ...exchange }));
  const command = (machine: Machine): string[] => [
    ...(programs?.behind(machine) ?? []),
    ...tunnelCommand(tunnel, config),
  ];
  const address = `${node.address}:${port}`;
  const server = await node.start(`${tunnel} on the node`, command(node), address);
  // Of both, the port is bound last.
  const listensOn = nearEnd === "socket" ? socketPath : undefined;
  const client = await app.start(`${tunnel} on the app host`, command(app), listensOn ?? `127.0.0.1:${port}`);
  return {
    host: "127.0.0.1",
    port,
    ...bySocket,
    tlsOptions: [],
    tunnel: { client, server },
    handshake: { address, server, options: handshakeOptions(fixture) },
  };
}

/** Where a tunnel's configuration is, on either machine. */
export function tunnelConfig(tunnel: TunnelEngine, nearEnd: NearEnd = "both"): string {
  return `${hostPaths.runFolder}/${tunnel}-${nearEnd}.conf`;
}

/** The tunnel's keys, and whom it trusts, where the shipped files look for them. */
function layDown({ app, node, certificates }: Fixture, tunnel: TunnelEngine): void {
  const { server, client, authority } = certificates;
  writeIdentity(node, server);
  writeIdentity(app, client);
  app.write(hostPaths.trusted, authority);
  node.write(hostPaths.trusted, authority);
  const { dnsName } = clientCertificate("sessions", "web");
  node.write(hostPaths.admitted, admittedConf(tunnel, [dnsName]));
}

function writeIdentity(machine: Machine, { certificate, privateKey }: Identity): void {
  machine.write(hostPaths.certificate, certificate);
  machine.write(hostPaths.privateKey, privateKey);
}
