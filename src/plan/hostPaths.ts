/** Where things are on both kinds of host. What is secret is under /run, in memory only. */
export const hostPaths = {
  configFolder: "/etc/hipaa-redis",
  environmentFile: "/etc/hipaa-redis/host.env",
  secretFilesTable: "/etc/hipaa-redis/secret-files",
  redisConfig: "/etc/hipaa-redis/redis.conf",
  tunnelConfig: "/etc/hipaa-redis/stunnel.conf",
  connection: "/etc/hipaa-redis/connection.json",
  firewallConfig: "/etc/hipaa-redis/nftables.conf",
  sshdConfig: "/etc/ssh/sshd_config.d/10-hipaa-redis.conf",
  kernelSettings: "/etc/sysctl.d/60-hipaa-redis.conf",
  accounts: "/etc/sysusers.d/hipaa-redis.conf",
  folders: "/etc/tmpfiles.d/hipaa-redis.conf",
  unitsFolder: "/etc/systemd/system",
  scriptsFolder: "/usr/local/lib/hipaa-redis",

  runFolder: "/run/hipaa-redis",
  tunnelFolder: "/run/hipaa-redis/tunnel",
  certificate: "/run/hipaa-redis/tunnel/certificate.pem",
  privateKey: "/run/hipaa-redis/tunnel/key.pem",
  trusted: "/run/hipaa-redis/tunnel/trusted.pem",

  redisFolder: "/run/hipaa-redis/redis",
  redisSocket: "/run/hipaa-redis/redis/redis.sock",
  redisSecrets: "/run/hipaa-redis/redis/secrets.conf",
  redisMemory: "/run/hipaa-redis/redis/memory.conf",

  appFolder: "/run/hipaa-redis/app",
  password: "/run/hipaa-redis/app/password",
} as const;

/** Accounts that Debian's packages make. */
export const hostAccounts = { redis: "redis", tunnel: "stunnel4" } as const;
