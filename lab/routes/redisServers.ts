import type { Daemon } from "../machines/machine.js";
import { encodeLines } from "../../src/host/encode.js";
import { defaultSettings, redisConf, type RedisSettings } from "../../src/host/redisConf.js";
import { redisUsersConf } from "../../src/host/redisUsers.js";
import { aclRules, lockedCommands } from "../../src/plan/commands.js";
import { engineVersion, type Served } from "../../src/plan/engine.js";
import { ownServed, type ServerPrograms } from "../servers/serverPrograms.js";
import { hostPaths } from "../../src/host/hostPaths.js";
import { createHash } from "node:crypto";
import type { Fixture } from "./fixture.js";

/** Where Redis listens without a tunnel: as the article has it, and by its own TLS. */
export const openRedisPorts = { plaintext: 6379, tls: 6380 } as const;

type Parts = Pick<Fixture, "node" | "password" | "certificates">;

/** What a cache's arguments may have changed in it. */
export interface ShippedRedis {
  readonly allowScripting: boolean;
  /** As by default when left out. */
  readonly settings?: Omit<RedisSettings, keyof Served>;
  /** What runs it; by default this machine's own Redis. */
  readonly programs?: Pick<ServerPrograms, "server" | keyof Served>;
}

/** Redis as shipped: the very redis.conf, on its Unix socket alone. */
export async function startShippedRedis({ node, password }: Parts, shipped: ShippedRedis): Promise<Daemon> {
  const { server, ...served } = shipped.programs ?? { server: ["redis-server"], ...ownServed() };
  const { allowScripting } = shipped;
  const commands = lockedCommands({ allowScripting, version: engineVersion(served) });
  const renamed = commands.filter(({ treatment }) => treatment === "renamed");
  const passwordSha256 = createHash("sha256").update(password).digest("hex");
  const users = redisUsersConf([{ name: "web", passwordsSha256: [passwordSha256] }], commands);
  const config = `${hostPaths.redisFolder}/redis.conf`;
  // redis-benchmark and other programs name no user.
  const anybody = `user default reset on #${passwordSha256} ~* &* ${aclRules(commands)}`;
  node.write(hostPaths.redisUsers, users.replace("user default reset off", anybody));
  node.write(
    hostPaths.redisCommands,
    encodeLines(renamed.map(({ name }) => ["rename-command", `${name} LAB_${name}`])),
  );
  node.write(hostPaths.redisMemory, "maxmemory 1gb\n");
  node.write(config, redisConf(commands, { ...defaultSettings, ...shipped.settings, ...served }));
  return node.start("Redis", [...server, config], hostPaths.redisSocket);
}

/** Redis as the article configures it, on 127.0.0.1; open to the network as well, in plaintext and by its own TLS. */
export async function startOpenRedis({ node, password, certificates }: Parts): Promise<Daemon> {
  const folder = "/run/open-redis";
  const files = {
    certificate: `${folder}/cert.pem`,
    key: `${folder}/key.pem`,
    authority: `${folder}/ca.pem`,
  };
  node.write(files.certificate, certificates.server.certificate);
  node.write(files.key, certificates.server.privateKey);
  node.write(files.authority, certificates.authority);
  node.write(
    `${folder}/redis.conf`,
    encodeLines([
      ["bind", `127.0.0.1 ${node.address}`],
      ["port", openRedisPorts.plaintext],
      ["tls-port", openRedisPorts.tls],
      ["tls-cert-file", files.certificate],
      ["tls-key-file", files.key],
      ["tls-ca-cert-file", files.authority],
      // Whoever presents a certificate is checked; Valkey GLIDE's client for Node.js can't present one.
      ["tls-auth-clients", "optional"],
      ["tls-protocols", "TLSv1.3"],
      ["requirepass", password],
      // For connect(), which names its user.
      ["user", `web on >${password} ~* &* +@all`],
      ["dir", folder],
      ...article,
    ]),
  );
  const tls = `${node.address}:${openRedisPorts.tls}`;
  return node.start("Redis", ["redis-server", `${folder}/redis.conf`], tls);
}

/** "Redis Configuration (Server)". */
const article = [
  ["save", '""'],
  ["rename-command", "CONFIG LAB_CONFIG"],
  ["rename-command", 'SAVE ""'],
  ["rename-command", 'BGSAVE ""'],
  ["rename-command", 'BGREWRITEAOF ""'],
  ["rename-command", 'DEBUG ""'],
] as const;
