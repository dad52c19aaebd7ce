/** A range of TCP or UDP ports, both ends included. */
export interface PortRange {
  readonly fromPort: number;
  readonly toPort: number;
}

/** Where the node's tunnel listens: Redis's own port (article, "The Network"). */
export const redisPort = 6379;

/** Where the tunnel of a cache with replicas or shards carries what nodes copy from each other. */
export const replicationPort = 6380;

/** Sentinel's own port. */
export const sentinelPort = 26379;

/** Redis Cluster's own bus: its nodes tell each other there who has which slots, and who is away (redis.conf, "cluster-port"). */
export const busPort = 16379;

/** SSH, for operators on the bastion hosts (article, "The Network"). */
export const sshPort = 22;

/** HTTPS: Secrets Manager and the package mirrors. */
export const httpsPort = 443;

/** DNS. */
export const dnsPort = 53;

/** NTP. */
export const ntpPort = 123;

/**
 * The local ports of the node's own connections, set with `net.ipv4.ip_local_port_range`. Network ACLs are
 * stateless and must let the answers in; this range keeps the Redis port out of what they let in.
 */
export const nodeEphemeralPorts: PortRange = { fromPort: 32768, toPort: 60999 };

/** The local ports that a peer's connection may come from, whatever its operating system (RFC 6056). */
export const peerEphemeralPorts: PortRange = { fromPort: 1024, toPort: 65535 };

export function onePort(port: number): PortRange {
  return { fromPort: port, toPort: port };
}
