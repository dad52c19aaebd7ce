/** One leaf certificate of the cache's own authority. */
export interface CertificatePlan {
  /** Stable, part of resource names. */
  readonly name: string;
  /** The one DNS name in the subject alternative names, which the other side checks. */
  readonly dnsName: string;
  readonly ipAddresses: readonly string[];
  /** What the certificate is good for, and nothing else (RFC 5280, extended key usage). */
  readonly usages: readonly ("server_auth" | "client_auth")[];
}

/** A node that has peers calls them with the same certificate. */
export function serverCertificate(cache: string, node: string, address: string, hasPeers = false): CertificatePlan {
  const usages = hasPeers ? (["server_auth", "client_auth"] as const) : (["server_auth"] as const);
  return { name: `${node}-server`, dnsName: serverName(cache, node), ipAddresses: [address], usages };
}

/** The name in a node's certificate. */
export function serverName(cache: string, node: string): string {
  return `${node}.node.${cache}.hipaa-redis.internal`;
}

export function clientCertificate(cache: string, client: string): CertificatePlan {
  const dnsName = `${client}.client.${cache}.hipaa-redis.internal`;
  return { name: `${cache}-client-${client}`, dnsName, ipAddresses: [], usages: ["client_auth"] };
}

/** An authority's name in the stack, and in the evidence. */
export function authorityName(cache: string, generation: number | string): string {
  return `${cache}-ca-${generation}`;
}

/** What an authority of a cache calls itself. */
export function authorityCommonName(cache: string, generation: number): string {
  return `HIPAA Redis cache ${cache} CA ${generation}`;
}
