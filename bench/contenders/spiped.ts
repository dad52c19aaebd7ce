import { randomBytes } from "node:crypto";
import { openRedisPorts } from "../../lab/routes/redisServers.js";
import type { Contender } from "./contender.js";

const localPort = 6383;
const serverPort = 6383;
const key = "/run/spiped.key";

export const spiped: Contender = {
  name: "spiped",
  label: "spiped",
  what: "spiped at both ends: one key shared by all, no certificates, TCP to Redis",
  ours: false,
  start: async ({ app, node }) => {
    const shared = randomBytes(32).toString("hex");
    for (const machine of [app, node]) machine.write(key, shared);
    const command = (way: "-d" | "-e", from: string, to: string): string[] => [
      "spiped",
      way,
      "-F",
      "-n",
      "500",
      "-s",
      from,
      "-t",
      to,
      "-k",
      key,
    ];
    const [outside, redis] = [`[${node.address}]:${serverPort}`, `[127.0.0.1]:${openRedisPorts.plaintext}`];
    const fromOutside = command("-d", outside, redis);
    const server = await node.start("spiped", fromOutside, `${node.address}:${serverPort}`);
    const fromApp = command("-e", `[127.0.0.1]:${localPort}`, outside);
    const client = await app.start("spiped", fromApp, `127.0.0.1:${localPort}`);
    return { host: "127.0.0.1", port: localPort, tlsOptions: [], tunnel: { client, server } };
  },
};
