/** Where things are on both kinds of host. What is secret is under /run, in memory only. */
export const hostPaths = {
  configFolder: "/etc/hipaa-redis",
  environmentFile: "/etc/hipaa-redis/host.env",
  secretFilesTable: "/etc/hipaa-redis/secret-files",
  redisConfig: "/etc/hipaa-redis/redis.conf",
  stunnelConfig: "/etc/hipaa-redis/stunnel.conf",
  haproxyConfig: "/etc/hipaa-redis/haproxy.cfg",
  connection: "/etc/hipaa-redis/connection.json",
  firewallConfig: "/etc/hipaa-redis/nftables.conf",
  sshdConfig: "/etc/ssh/sshd_config.d/10-hipaa-redis.conf",
  logindConfig: "/etc/systemd/logind.conf.d/10-hipaa-redis.conf",
  sudoConfig: "/etc/sudoers.d/10-hipaa-redis",
  aptConfig: "/etc/apt/apt.conf.d/60-hipaa-redis",
  journalConfig: "/etc/systemd/journald.conf.d/10-hipaa-redis.conf",
  kernelSettings: "/etc/sysctl.d/60-hipaa-redis.conf",
  accounts: "/etc/sysusers.d/hipaa-redis.conf",
  folders: "/etc/tmpfiles.d/hipaa-redis.conf",
  unitsFolder: "/etc/systemd/system",
  scriptsFolder: "/usr/local/lib/hipaa-redis",

  runFolder: "/run/hipaa-redis",
  tunnelFolder: "/run/hipaa-redis/tunnel",
  certificate: "/run/hipaa-redis/tunnel/certificate.pem",
  /** Where HAProxy looks for the key of a certificate: beside it, with `.key` behind its name. */
  privateKey: "/run/hipaa-redis/tunnel/certificate.pem.key",
  trusted: "/run/hipaa-redis/tunnel/trusted.pem",
  admitted: "/run/hipaa-redis/tunnel/admitted",

  redisFolder: "/run/hipaa-redis/redis",
  redisSocket: "/run/hipaa-redis/redis/redis.sock",
  redisSecrets: "/run/hipaa-redis/redis/secrets.conf",
  redisMemory: "/run/hipaa-redis/redis/memory.conf",

  appFolder: "/run/hipaa-redis/app",
  password: "/run/hipaa-redis/app/password",
} as const;

/** The account that Debian's package makes. */
export const redisAccount = "redis";
