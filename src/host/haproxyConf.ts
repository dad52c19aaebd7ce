import { hostPaths } from "./hostPaths";
import { tunnelLimits } from "../plan/limits";
import { tunnelRules, type KeyExchangeGroups, type Leg, type ServedService, type TunnelConf } from "../plan/tunnel";
import { encodeBlocks, type Sections, type Settings } from "./encode";
import type { TunnelProgram } from "./tunnelParts";

const run = `/usr/sbin/haproxy -Ws -f ${hostPaths.haproxyConfig}`;
const runWithWays = `${run} -f ${hostPaths.ways}`;

/** HAProxy 3.0 and 2.6, as Debian 13 and 12 have it (docs.haproxy.org/3.0/configuration.html, and 2.6). */
export const haproxy: TunnelProgram = {
  packageName: "haproxy",
  packagedUnit: "haproxy.service",
  account: "haproxy",
  configPath: hostPaths.haproxyConfig,
  service: (hasFurtherWays) => service(hasFurtherWays ? runWithWays : run),
  checkScript: "check-haproxy",
  beforeAdmitted: "",
  conf: tunnelConf,
  way: (leg, groups) => encodeBlocks(clientSide(leg, bindsItself(leg), groups)),
};

function service(run: string): Settings {
  return [
    ["Type", "notify"],
    ["ExecStart", run],
    // A configuration or certificate that is broken is told to who reloads, and the old one stays in use.
    ["ExecReload", `${run} -c -q`],
    ["ExecReload", "/bin/kill -USR2 $MAINPID"],
    ["KillMode", "mixed"],
    ["SuccessExitStatus", 143],
  ];
}

function tunnelConf({ services, legs, hasFurtherWays = false, groups }: TunnelConf): string {
  const faces = [...(services.length > 0 ? ["bind"] : []), ...(legs.length > 0 || hasFurtherWays ? ["server"] : [])];
  const firstListens = legs.map((_, index) => legs.slice(0, index).flatMap(({ listens }) => listens).length);
  return conf(faces, groups, [
    ...services.flatMap((service) => serverSide(service, groups)),
    ...legs.flatMap((leg, index) =>
      services.length > 0
        ? [betweenNodes(leg)]
        : clientSide(leg, handedOn(leg, firstDescriptor + (firstListens[index] ?? 0)), groups),
    ),
  ]);
}

/** Of the sockets that systemd hands on (sd_listen_fds(3)). */
const firstDescriptor = 3;

/** The server side, in front of Redis. */
function serverSide(
  { name, listen, admitsField, connect = `unix@${hostPaths.redisSocket}` }: ServedService,
  groups?: KeyExchangeGroups,
): Sections {
  const admits: Settings = [
    ["bind", `${listen} ${identity} ${deadPeer}`],
    ...keepalive("clitcpka"),
    [
      "log-format",
      `"%ci:%cp %[ssl_c_s_dn(cn)] %ts %Tt ms, %U bytes in, %B bytes out${logged("ssl_fc_curve", groups)}"`,
    ],
    // Before there is any connection to Redis: taking a name off the list revokes its certificates.
    ["tcp-request", `content reject unless { ssl_c_s_dn(cn) -m str -f ${hostPaths[admitsField]} }`],
  ];
  const server = `${name} ${connect}`;
  // Peers tell a Redis that stands still, and may have values, from one that is not there and has none (`choose-role`): no check comes between.
  if (name !== "redis") return [[`listen ${name}`, [...admits, ["server", server]]]];
  return [
    [`frontend ${name}`, [...admits, ["default_backend", name]]],
    [`backend ${name}`, [...redisCheck, ["server", `${server} ${checkEvery}`]]],
  ];
}

/** The client side. The SNI is also the name that the certificate must have. */
function clientSide(leg: Leg, binds: Settings, groups?: KeyExchangeGroups): Sections {
  const { name } = leg;
  return [
    [`frontend ${name}`, [...accepts(binds, groups), ["default_backend", name]]],
    [`backend ${name}`, reaches(leg, groups)],
  ];
}

/** The same on a node, which has one for each peer, and little room for them in its user data (`checkUserData.ts`): the far end tells the group. */
function betweenNodes(leg: Leg): Sections[number] {
  return [`listen ${leg.name}`, [...accepts(bindsItself(leg)), ...reaches(leg)]];
}

function accepts(binds: Settings, groups?: KeyExchangeGroups): Settings {
  const logs = `"%ci:%cp %ts %Tt ms, %U bytes in, %B bytes out, %[bc_err_str]${logged("var(txn.group)", groups)}"`;
  return [...binds, ["log-format", logs]];
}

function reaches({ name, address, port, serverName }: Leg, groups?: KeyExchangeGroups): Settings {
  const trusts = `sni str(${serverName}) verifyhost ${serverName}`;
  return [
    ...keepalive("srvtcpka"),
    // Once something comes from there: asked for the group of a connection that has not begun, OpenSSL 3.5 crashes, and HAProxy with it.
    ...(groups === undefined ? [] : [["tcp-response", "content set-var(txn.group) ssl_bc_curve"] as const]),
    ["server", `${name} ${address}:${port} ${identity} ${trusts} no-ssl-reuse ${deadPeer}`],
  ];
}

/** The group that a connection's keys were exchanged by, on the side that faces the network. HAProxy 2.6 can't tell it. */
function logged(where: "ssl_fc_curve" | "var(txn.group)", groups?: KeyExchangeGroups): string {
  return groups === undefined ? "" : `, %[${where}]`;
}

/** systemd's, from hipaa-redis-port.socket; without it, as where the configuration is only judged, its own. */
function handedOn(leg: Leg, first: number): Settings {
  return [
    [".if", "defined(LISTEN_FDS)"],
    ...leg.listens.map((_, index) => ["bind", `fd@${first + index}`] as const),
    [".else", ""],
    ...bindsItself(leg),
    [".endif", ""],
  ];
}

function bindsItself({ listens }: Leg): Settings {
  return listens.map((listen) => ["bind", listen] as const);
}

/** The key is found beside the certificate, with `.key` behind its name. */
const identity = `ssl crt ${hostPaths.certificate} ca-file ${hostPaths.trusted} verify required`;

/** TLS 1.3 only. A resumed session would skip the check of the certificate, so none is resumed. */
function conf(faces: readonly string[], groups: KeyExchangeGroups | undefined, sections: Sections): string {
  const global: Settings = [
    // To systemd's journal; a Redis that is away is no emergency that every terminal must show.
    ["log", "stdout format short local0 info err"],
    ["maxconn", tunnelLimits.connections],
    ["ssl-load-extra-files", "key"],
    ...faces.flatMap((face): Settings => [
      [`ssl-default-${face}-options`, "ssl-min-ver TLSv1.3 no-tls-tickets"],
      [`ssl-default-${face}-ciphersuites`, tunnelRules.cipherSuites],
      ...(groups === undefined ? [] : [[`ssl-default-${face}-curves`, groups.join(":")] as const]),
    ]),
    ["tune.ssl.cachesize", 0],
    // Twice the default: what an application reads at once comes in fewer pieces (docs/settings.md).
    ["tune.bufsize", 32768],
    // Connections live on in the process that they began in; after so many reloads it ends.
    ["mworker-max-reloads", 10],
  ];
  return encodeBlocks([["global", global], ["defaults", defaults], ...sections]);
}

/** Until a connection stands, `timeout client` bounds the handshake; from then on `timeout tunnel` alone counts. */
const defaults: Settings = [
  ["mode", "tcp"],
  ["log", "global"],
  ["error-log-format", '"%ci:%cp refused: %[fc_err_str] %[ssl_fc_err_str]"'],
  // To try again is the application's choice: it knows how long it wants to wait.
  ["retries", 0],
  ["timeout connect", `${tunnelRules.connectSeconds}s`],
  ["timeout client", `${tunnelRules.handshakeSeconds}s`],
  ["timeout server", `${tunnelRules.handshakeSeconds}s`],
  ["timeout client-fin", `${tunnelRules.handshakeSeconds}s`],
  ["timeout server-fin", `${tunnelRules.handshakeSeconds}s`],
  ["timeout tunnel", `${tunnelRules.idleSeconds}s`],
];

/**
 * Redis answers, even if it only says that a password is needed or that it has clients enough. An application's new connections are refused
 * at once when it doesn't. No regular expression: HAProxy compiles it to machine code, which the unit doesn't allow.
 */
const redisCheck: Settings = [
  ["option", "tcp-check"],
  ["tcp-check", "connect"],
  ["tcp-check", 'send "PING\\r\\n"'],
  ["tcp-check", 'expect string "\\r\\n"'],
  ["timeout check", "1s"],
];
const checkEvery = "check inter 1s fastinter 500ms fall 2 rise 1";

const { idleSeconds, intervalSeconds, probes } = tunnelRules.keepalive;

/** Data that a dead peer never acknowledges counts as its silence does (tcp(7), TCP_USER_TIMEOUT). */
const deadPeer = `tcp-ut ${idleSeconds + intervalSeconds * probes}s`;

/** On the side that faces the network. */
function keepalive(side: "clitcpka" | "srvtcpka"): Settings {
  return [
    ["option", side],
    [`${side}-idle`, `${idleSeconds}s`],
    [`${side}-intvl`, `${intervalSeconds}s`],
    [`${side}-cnt`, probes],
  ];
}
