import { openRedisPorts } from "../../lab/roads/redisServers.js";
import type { Rival } from "./rival.js";
import { clientKeys } from "../../lab/roads/clientKeys.js";

export const plaintext: Rival = {
  name: "plaintext",
  label: "plaintext",
  what: "TCP from the client to Redis, nothing encrypted",
  ours: false,
  start: ({ node }) => Promise.resolve({ host: node.address, port: openRedisPorts.plaintext, tlsOptions: [] }),
};

export const redisTls: Rival = {
  name: "redisTls",
  label: "Redis's own TLS",
  what: "TLS 1.3 from the client to Redis, both verify; the application holds the key, so there is no wall",
  ours: false,
  start: (world) => {
    const keys = clientKeys(world);
    return Promise.resolve({
      host: world.node.address,
      port: openRedisPorts.tls,
      tlsOptions: ["--tls", "--cert", keys.certificate, "--key", keys.key, "--cacert", keys.authority],
    });
  },
};
