import type { Daemon } from "../machines/machine.js";
import { waitFor } from "../../lab/until.js";
import { encodeLines } from "../../src/host/encode.js";
import { redisConf } from "../../src/host/redisConf.js";
import { redisUsersConf } from "../../src/host/redisUsers.js";
import { aclRules, lockedCommands } from "../../src/plan/commands.js";
import { hostPaths } from "../../src/plan/hostPaths.js";
import { createHash } from "node:crypto";
import { openRedisPorts, type World } from "./world.js";

type Parts = Pick<World, "node" | "password" | "certificates">;

/** Redis as shipped: the very redis.conf, on its Unix socket alone. */
export async function startShippedRedis({ node, password }: Parts): Promise<Daemon> {
  const commands = lockedCommands({ allowScripting: false });
  const renamed = commands.filter(({ treatment }) => treatment === "renamed");
  const passwordSha256 = createHash("sha256").update(password).digest("hex");
  const users = redisUsersConf([{ name: "web", passwordsSha256: [passwordSha256] }], commands);
  const config = `${hostPaths.redisFolder}/redis.conf`;
  // redis-benchmark and the other rivals name no user.
  const anybody = `user default reset on #${passwordSha256} ~* &* ${aclRules(commands)}`;
  node.write(hostPaths.redisUsers, users.replace("user default reset off", anybody));
  node.write(
    hostPaths.redisCommands,
    encodeLines(renamed.map(({ name }) => ["rename-command", `${name} BENCH_${name}`])),
  );
  node.write(hostPaths.redisMemory, "maxmemory 1gb\n");
  node.write(config, redisConf(commands));
  const daemon = node.start("Redis", ["redis-server", config]);
  await waitFor("Redis listens on its Unix socket", async () => {
    const listening = await node.run(["ss", "-Hlx", `src = ${hostPaths.redisSocket}`]);
    return listening !== "";
  });
  return daemon;
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
      ["tls-auth-clients", "yes"],
      ["tls-protocols", "TLSv1.3"],
      ["requirepass", password],
      // For connect(), which names its user.
      ["user", `web on >${password} ~* &* +@all`],
      ["dir", folder],
      ...article,
    ]),
  );
  const daemon = node.start("Redis", ["redis-server", `${folder}/redis.conf`]);
  await node.listens(node.address, openRedisPorts.tls);
  return daemon;
}

/** "Redis Configuration (Server)". */
const article = [
  ["save", '""'],
  ["rename-command", "CONFIG BENCH_CONFIG"],
  ["rename-command", 'SAVE ""'],
  ["rename-command", 'BGSAVE ""'],
  ["rename-command", 'BGREWRITEAOF ""'],
  ["rename-command", 'DEBUG ""'],
] as const;
