import { hostPaths } from "../plan/hostPaths";
import { encodeIni, type Settings } from "./encode";

/** The server side, in front of Redis: admits whoever holds the key of a certificate on the list (stunnel(8)). */
export function serverTunnelConf(node: { privateIp: string; port: number }): string {
  return encodeIni(
    [
      ["", global],
      [
        "redis",
        [
          ["accept", `${node.privateIp}:${node.port}`],
          ["connect", hostPaths.redisSocket],
          ...identity,
          // The chain, and the certificate itself must be in CAfile: taking it off the list revokes it.
          ["verifyChain", "yes"],
          ["verifyPeer", "yes"],
          ...protocol,
          ...timeouts,
          ...keepalive("l"),
        ],
      ],
    ],
    " = ",
  );
}

/** The client side, on the app host: checks the server's chain and name, and presents its own certificate. */
export function clientTunnelConf(tunnel: {
  localPort: number;
  address: string;
  port: number;
  serverName: string;
}): string {
  return encodeIni(
    [
      ["", global],
      [
        "redis",
        [
          ["client", "yes"],
          ["accept", `127.0.0.1:${tunnel.localPort}`],
          ["connect", `${tunnel.address}:${tunnel.port}`],
          ["sni", tunnel.serverName],
          ...identity,
          ["verifyChain", "yes"],
          ["checkHost", tunnel.serverName],
          ...protocol,
          ...timeouts,
          ...keepalive("r"),
        ],
      ],
    ],
    " = ",
  );
}

/** systemd starts stunnel as its own user, keeps it in the foreground and takes its log. */
const global: Settings = [
  ["foreground", "yes"],
  ["syslog", "no"],
  ["debug", "notice"],
];

const identity: Settings = [
  ["cert", hostPaths.certificate],
  ["key", hostPaths.privateKey],
  ["CAfile", hostPaths.trusted],
];

/** TLS 1.3 only. A resumed session would skip the check of the certificate, so none is resumed. */
const protocol: Settings = [
  ["sslVersionMin", "TLSv1.3"],
  ["ciphersuites", "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256"],
  ["renegotiation", "no"],
  ["sessionResume", "no"],
];

/** A peer that never finishes its handshake is let go. */
const timeouts: Settings = [
  ["TIMEOUTbusy", 10],
  ["TIMEOUTconnect", 5],
  ["TIMEOUTclose", 0],
];

/** Notices a dead peer within a minute, on the side that faces the network: `l` has called us, `r` we have called. */
function keepalive(side: "l" | "r"): Settings {
  return [
    ["socket", `${side}:SO_KEEPALIVE=yes`],
    ["socket", `${side}:TCP_KEEPIDLE=30`],
    ["socket", `${side}:TCP_KEEPINTVL=10`],
    ["socket", `${side}:TCP_KEEPCNT=3`],
  ];
}
