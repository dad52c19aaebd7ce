import { X509Certificate } from "node:crypto";
import { ensureGhostunnel } from "./buildGhostunnel.js";
import { hostPaths } from "../../src/host/hostPaths.js";
import type { Identity } from "../../lab/x509/identity.js";
import type { Machine } from "../../lab/machines/machine.js";
import { handshakeOptions } from "../../lab/routes/clientKeys.js";
import type { Contender } from "./contender.js";

const port = 6384;
const files = {
  certificate: "/run/ghostunnel/cert.pem",
  key: "/run/ghostunnel/key.pem",
  authority: "/run/ghostunnel/ca.pem",
};

export const ghostunnel: Contender = {
  name: "ghostunnel",
  label: "ghostunnel",
  what: "ghostunnel at both ends: TLS 1.3, both verify chain and name, a Unix socket to Redis",
  ours: false,
  start: async (fixture) => {
    const { app, node, certificates } = fixture;
    const program = await ensureGhostunnel();
    const { server, client, authority, serverName } = certificates;
    layDown(node, server, authority);
    layDown(app, client, authority);
    const keys = ["--cert", files.certificate, "--key", files.key, "--cacert", files.authority];
    const address = `${node.address}:${port}`;
    const local = `127.0.0.1:${port}`;
    const serverCommand = [
      program,
      "server",
      "--listen",
      address,
      "--target",
      `unix:${hostPaths.redisSocket}`,
      ...keys,
      "--allow-cn",
      clientName(client),
    ];
    const clientCommand = [
      program,
      "client",
      "--listen",
      local,
      "--target",
      address,
      ...keys,
      "--override-server-name",
      serverName,
    ];
    const ends = {
      server: await node.start("ghostunnel on the node", serverCommand, address),
      client: await app.start("ghostunnel on the app host", clientCommand, local),
    };
    return {
      host: "127.0.0.1",
      port,
      tlsOptions: [],
      tunnel: ends,
      handshake: { address, server: ends.server, options: handshakeOptions(fixture) },
    };
  },
};

function layDown(machine: Machine, { certificate, privateKey }: Identity, authority: string): void {
  machine.write(files.certificate, certificate);
  machine.write(files.key, privateKey);
  machine.write(files.authority, authority);
}

function clientName({ certificate }: Identity): string {
  return new X509Certificate(certificate).subject.replace("CN=", "");
}
