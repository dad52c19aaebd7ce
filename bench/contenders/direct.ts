import { openRedisPorts } from "../../lab/routes/redisServers.js";
import type { Contender } from "./contender.js";
import { clientKeys } from "../../lab/routes/clientKeys.js";

export const plaintext: Contender = {
  name: "plaintext",
  label: "plaintext",
  what: "TCP from the client to Redis, nothing encrypted",
  ours: false,
  start: ({ node }) => Promise.resolve({ host: node.address, port: openRedisPorts.plaintext, tlsOptions: [] }),
};

export const redisTls: Contender = {
  name: "redisTls",
  label: "Redis's own TLS",
  what: "TLS 1.3 from the client to Redis, both verify; the application holds the key, so there is no wall",
  ours: false,
  start: (fixture) => {
    const keys = clientKeys(fixture);
    return Promise.resolve({
      host: fixture.certificates.serverName,
      port: openRedisPorts.tls,
      tls: { ...keys, serverName: fixture.certificates.serverName },
      tlsOptions: ["--tls", "--cert", keys.certificate, "--key", keys.key, "--cacert", keys.authority],
    });
  },
};
