import type { CachePlan } from "../plan/cachePlan";
import { releases, type OperatingSystem } from "../plan/operatingSystem";
import { hostPaths } from "./hostPaths";
import { encodeLines, type Settings } from "./encode";

/** sshd_config(5) for a node: operators only, keys only, no way on from there (article, "How Secure is it?"). */
export function sshdConf({ operators, operatorIdleLogoffMinutes, operatingSystem }: OperatorAccess): string {
  return encodeLines([
    ["AllowUsers", operators.map((operator) => operator.name).join(" ")],
    ...keysOnly,
    ...noWayOn,
    ...algorithms,
    ...noPenalties(operatingSystem),
    ["MaxAuthTries", 3],
    ["MaxSessions", 4],
    ["MaxStartups", "10:30:20"],
    ["LoginGraceTime", 30],
    // Automatic logoff, whatever kind of session it is: nothing has passed in either direction.
    ["ChannelTimeout", `session:*=${operatorIdleLogoffMinutes}m`],
    ["UnusedConnectionTimeout", "1m"],
    // A bastion that has vanished.
    ["ClientAliveInterval", 30],
    ["ClientAliveCountMax", 2],
    // Names the key that signed in, for the audit trail.
    ["LogLevel", "VERBOSE"],
  ]);
}

/** Who may sign in to a node, and for how long without doing anything. */
export type OperatorAccess = Pick<CachePlan, "operators" | "operatorIdleLogoffMinutes" | "operatingSystem">;

/** Operators share their bastion hosts' addresses: whoever fails from there, and may be a stranger, would lock out all of them. */
function noPenalties(operatingSystem: OperatingSystem): Settings {
  return releases[operatingSystem].penalisesSources ? [["PerSourcePenalties", "no"]] : [];
}

const keysOnly: Settings = [
  ["AuthenticationMethods", "publickey"],
  ["PasswordAuthentication", "no"],
  ["KbdInteractiveAuthentication", "no"],
  ["HostbasedAuthentication", "no"],
  ["GSSAPIAuthentication", "no"],
  ["PermitRootLogin", "no"],
  // Not in their homes, where each could add another.
  ["AuthorizedKeysFile", `${hostPaths.operatorKeys}/%u`],
];

const noWayOn: Settings = [
  ["DisableForwarding", "yes"],
  ["AllowTcpForwarding", "no"],
  ["AllowStreamLocalForwarding", "no"],
  ["AllowAgentForwarding", "no"],
  ["PermitTunnel", "no"],
  ["X11Forwarding", "no"],
  ["PermitUserRC", "no"],
  ["PermitUserEnvironment", "no"],
];

/**
 * What OpenSSH 9.2 has of NIST's curves and Curve25519 (SP 800-186), AES-GCM and SHA-2, with the post-quantum exchange first;
 * nothing with SHA-1, and neither ChaCha20 nor CBC, which the Terrapin attack (CVE-2023-48795) is about.
 */
const algorithms: Settings = [
  [
    "KexAlgorithms",
    [
      "sntrup761x25519-sha512@openssh.com",
      "curve25519-sha256",
      "curve25519-sha256@libssh.org",
      "ecdh-sha2-nistp384",
      "ecdh-sha2-nistp256",
    ].join(","),
  ],
  ["Ciphers", "aes256-gcm@openssh.com,aes128-gcm@openssh.com"],
  ["MACs", "hmac-sha2-512-etm@openssh.com,hmac-sha2-256-etm@openssh.com"],
  ["HostKeyAlgorithms", "ssh-ed25519,rsa-sha2-512,rsa-sha2-256"],
  // The kinds of key that operators may have.
  [
    "PubkeyAcceptedAlgorithms",
    "ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,rsa-sha2-512,rsa-sha2-256",
  ],
  ["RequiredRSASize", 3072],
];
