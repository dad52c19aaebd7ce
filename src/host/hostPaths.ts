import { clientFolder, clientNodesFolder, clientSocket } from "./connectionFile";

/** Where things are on both kinds of host. What is secret is under /run, in memory only. */
export const hostPaths = {
  configFolder: "/etc/hipaa-redis",
  environmentFile: "/etc/hipaa-redis/host.env",
  secretFilesTable: "/etc/hipaa-redis/secret-files",
  redisConfig: "/etc/hipaa-redis/redis.conf",
  /** What a node adds to its secret, which is the same whatever programs it runs (sed(1)). */
  secretEdit: "/etc/hipaa-redis/secret.sed",
  /** For the scripts of a node with replicas: who the others are. */
  replicationEnvironment: "/etc/hipaa-redis/replication.env",
  sentinelConfig: "/etc/hipaa-redis/sentinel.conf",
  /** Makes the clients of Sentinel of those of Redis (sed(1)). */
  sentinelClients: "/etc/hipaa-redis/sentinel-users.sed",
  /** For lay-ways, which makes of a cluster's members what a host needs of each. */
  waysEnvironment: "/etc/hipaa-redis/ways.env",
  /** What it fills in for each member: these texts are TypeScript's own. */
  waysTexts: "/etc/hipaa-redis/ways",
  stunnelConfig: "/etc/hipaa-redis/stunnel.conf",
  haproxyConfig: "/etc/hipaa-redis/haproxy.cfg",
  connection: "/etc/hipaa-redis/connection.json",
  /** For the script that takes the application's role. */
  appRoleEnvironment: "/etc/hipaa-redis/app-role.env",
  /** For the application: where the AWS SDKs find its credentials. */
  appEnvironment: "/etc/hipaa-redis/app.env",
  appAwsConfig: "/etc/hipaa-redis/app-aws-config",
  appProfile: "/etc/profile.d/hipaa-redis.sh",
  firewallConfig: "/etc/hipaa-redis/nftables.conf",
  sshdConfig: "/etc/ssh/sshd_config.d/10-hipaa-redis.conf",
  /** A file for each operator, which root alone can change. */
  operatorKeys: "/etc/ssh/operators",
  sudoConfig: "/etc/sudoers.d/10-hipaa-redis",
  aptConfig: "/etc/apt/apt.conf.d/60-hipaa-redis",
  journalConfig: "/etc/systemd/journald.conf.d/10-hipaa-redis.conf",
  /** Where systemd looks for the settings of journals that are apart from the host's own. */
  journalsFolder: "/etc/systemd",
  timeConfig: "/etc/chrony/hipaa-redis.conf",
  timeOptions: "/etc/hipaa-redis/chrony.env",
  /** Beside the unit of Debian's package chrony. */
  timeDropIn: "/etc/systemd/system/chrony.service.d/10-hipaa-redis.conf",
  kernelSettings: "/etc/sysctl.d/60-hipaa-redis.conf",
  folders: "/etc/tmpfiles.d/hipaa-redis.conf",
  /** Beside the unit of Debian's package nftables. */
  packagedFirewall: "/etc/systemd/system/nftables.service.d/10-hipaa-redis.conf",
  unitsFolder: "/etc/systemd/system",
  scriptsFolder: "/usr/local/lib/hipaa-redis",

  runFolder: "/run/hipaa-redis",
  /** What the host's agent last did and found. */
  status: "/run/hipaa-redis/status.json",
  /** A symbolic link to the version of the secret that is in use, so that all of its files change at once. */
  secretFolder: "/run/hipaa-redis/secret",
  secretVersions: "/run/hipaa-redis/versions",
  certificate: "/run/hipaa-redis/secret/certificate.pem",
  /** Where HAProxy looks for the key of a certificate: beside it, with `.key` behind its name. */
  privateKey: "/run/hipaa-redis/secret/certificate.pem.key",
  trusted: "/run/hipaa-redis/secret/trusted.pem",
  /** Whom each service admits, in a folder of its own, as stunnel includes whole folders. */
  admitted: "/run/hipaa-redis/secret/admitted/clients.conf",
  admittedPeers: "/run/hipaa-redis/secret/admitted-peers/nodes.conf",
  admittedToSentinel: "/run/hipaa-redis/secret/admitted-to-sentinel/all.conf",
  redisUsers: "/run/hipaa-redis/secret/users.conf",
  password: "/run/hipaa-redis/secret/password",
  sentinelUsers: "/run/hipaa-redis/secret/sentinel-users.conf",
  peerPassword: "/run/hipaa-redis/secret/peer-password",
  configCommand: "/run/hipaa-redis/secret/config-command",

  /**
   * All that an application needs of its host, and nothing else: no symbolic link leads out of it, and it is never replaced, so
   * that it can be mounted into a container.
   */
  clientFolder,
  /** The tunnel's near end. */
  clientSocket,
  clientConnection: "/run/hipaa-redis/client/connection.json",
  clientPassword: "/run/hipaa-redis/client/password",

  /** In a cluster: the near ends of the ways to its nodes. The tunnel makes them, and has nothing else of the application's folder. */
  clientNodesFolder,
  /** Where the tunnel alone finds that folder: it gets to no other in which it is. */
  tunnelNodesFolder: "/run/hipaa-redis-nodes",

  appFolder: "/run/hipaa-redis/app",
  appCredentials: "/run/hipaa-redis/app/credentials.json",

  redisFolder: "/run/hipaa-redis/redis",
  redisSocket: "/run/hipaa-redis/redis/redis.sock",
  redisMemory: "/run/hipaa-redis/redis/memory.conf",
  /** What the node makes up anew whenever Redis starts: the secret names of commands, and the agent's way in. */
  redisStartFolder: "/run/hipaa-redis/start",
  redisCommands: "/run/hipaa-redis/start/commands.conf",
  /** With replicas: whose replica Redis is, if any, and how it signs in there. */
  redisRole: "/run/hipaa-redis/start/role.conf",
  /** Sentinel writes its own configuration, with a password in it, to this folder. */
  sentinelFolder: "/run/hipaa-redis/sentinel",
  /** In a cluster: scripts for which user data has no room. */
  scriptArchive: "/run/hipaa-redis/secret/scripts",
  /** In a cluster: who its nodes are, as the secret has it, a line each: shard and number, address in the network. */
  members: "/run/hipaa-redis/secret/members",
  /** What lay-ways makes of it for a node's scripts, a line each: shard and number, address on the loopback, id. It is as old as the list. */
  clusterMembers: "/run/hipaa-redis/secret/cluster-members",
  /** In a cluster: the tunnel's ways to the other nodes, in a folder of its own, as stunnel includes whole folders. */
  ways: "/run/hipaa-redis/secret/ways/nodes.cfg",
  /** What Redis keeps of the cluster. */
  clusterNodes: "/run/hipaa-redis/redis/nodes.conf",
} as const;

/**
 * Owns the folder of an application and the tunnel's socket in it. Nobody runs as it: the owner could change the modes, and root
 * would be just that in a container, without any capability.
 */
export const folderAccount = "hipaa-redis";
