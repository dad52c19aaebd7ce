import { dirname } from "node:path/posix";
import { hostPaths } from "./hostPaths";
import { tunnelRules, type KeyExchangeGroups, type Leg, type ServedService, type TunnelConf } from "../plan/tunnel";
import { encodeIni, type Settings } from "./encode";
import type { TunnelProgram } from "./tunnelParts";

/** The article's own choice (stunnel(8)). */
export const stunnel: TunnelProgram = {
  packageName: "stunnel4",
  packagedUnit: "stunnel4.service",
  account: "stunnel4",
  configPath: hostPaths.stunnelConfig,
  service: () => [
    ["Type", "simple"],
    ["ExecStart", `/usr/bin/stunnel4 ${hostPaths.stunnelConfig}`],
    ["ExecReload", "/bin/kill -HUP $MAINPID"],
    // Or malloc maps each 4 KiB by itself, as stunnel tells it to (mallopt(3)): with OpenSSL 3.5 two system calls more for an operation.
    ["Environment", "GLIBC_TUNABLES=glibc.malloc.mmap_max=0"],
    // It takes the idle priority for the thread that looks after its files.
    ["SystemCallFilter", "sched_setscheduler"],
  ],
  // Any of the names will do; without a single one, stunnel would ask for none.
  beforeAdmitted: "checkHost = ",
  conf: tunnelConf,
  way: (leg, groups) => encodeIni(clientSide(leg, groups), " = "),
};

/** What systemd hands on goes to the services in their order. */
function tunnelConf({ services, legs, hasFurtherWays = false, groups }: TunnelConf): string {
  const sections = [
    ...services.map((service) => serverSide(service, groups)),
    ...legs.flatMap((leg) => clientSide(leg, groups)),
  ];
  const further: readonly (readonly [string, Settings])[] = hasFurtherWays
    ? [["", [["include", dirname(hostPaths.ways)]]]]
    : [];
  return encodeIni([["", global(services.length > 0, groups)], ...sections, ...further], " = ");
}

/** The server side, in front of Redis: admits whoever holds a certificate for a name on the list. */
function serverSide(
  { name, listen, admitsField, connect = hostPaths.redisSocket }: ServedService,
  groups?: KeyExchangeGroups,
): readonly [string, Settings] {
  return [
    name,
    [
      ["accept", listen],
      ["connect", connect],
      ...identity,
      // The chain, and a name that is on the list: taking a name off revokes its certificates.
      ["verifyChain", "yes"],
      ["include", dirname(hostPaths[admitsField])],
      ...protocol(groups),
      ...timeouts,
      ...keepalive("l"),
    ],
  ];
}

/** The client side: checks the server's chain and name, and presents its own certificate. Each service listens once. */
function clientSide(
  { name, listens, address, port, serverName }: Leg,
  groups?: KeyExchangeGroups,
): (readonly [string, Settings])[] {
  return listens.map((listen, index) => [
    index === 0 ? name : `${name}-${index + 1}`,
    [
      ["client", "yes"],
      ["accept", listen],
      ["connect", `${address}:${port}`],
      ["sni", serverName],
      ...identity,
      ["verifyChain", "yes"],
      ["checkHost", serverName],
      ...protocol(groups),
      ...timeouts,
      ...keepalive("r"),
    ],
  ]);
}

/** systemd starts stunnel as its own user, keeps it in the foreground and takes its log. */
function global(serves: boolean, groups: KeyExchangeGroups = []): Settings {
  return [
    ["foreground", "yes"],
    ["syslog", "no"],
    // By which of several groups keys were exchanged it tells among much else, none of it an application's: sixteen lines in place of four. Where it
    // serves, it asks OpenSSL for the name of the hybrid one, which that doesn't know, and takes that error for one of the connection as
    // soon as a record arrives in parts (5.74).
    ["debug", !serves && groups.length > 1 ? "info" : "notice"],
  ];
}

const identity: Settings = [
  ["cert", hostPaths.certificate],
  ["key", hostPaths.privateKey],
  ["CAfile", hostPaths.trusted],
];

/** TLS 1.3 only. A resumed session would skip the check of the certificate, so none is resumed. */
function protocol(groups: KeyExchangeGroups | undefined): Settings {
  return [
    ["sslVersionMin", "TLSv1.3"],
    ["ciphersuites", tunnelRules.cipherSuites],
    ...(groups === undefined ? [] : [["curves", groups.join(":")] as const]),
    ["renegotiation", "no"],
    ["sessionResume", "no"],
  ];
}

const timeouts: Settings = [
  ["TIMEOUTbusy", tunnelRules.handshakeSeconds],
  ["TIMEOUTconnect", tunnelRules.connectSeconds],
  ["TIMEOUTidle", tunnelRules.idleSeconds],
  ["TIMEOUTclose", 0],
];

/** On the side that faces the network: `l` has called us, `r` we have called. */
function keepalive(side: "l" | "r"): Settings {
  const { idleSeconds, intervalSeconds, probes } = tunnelRules.keepalive;
  return [
    ["socket", `${side}:SO_KEEPALIVE=yes`],
    ["socket", `${side}:TCP_KEEPIDLE=${idleSeconds}`],
    ["socket", `${side}:TCP_KEEPINTVL=${intervalSeconds}`],
    ["socket", `${side}:TCP_KEEPCNT=${probes}`],
  ];
}
