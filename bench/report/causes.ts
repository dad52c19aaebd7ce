import type { ClientName } from "../../lab/load/applicationLoad.js";
import type { ContenderName } from "../contenders/contender.js";
import { endsOfTunnel, processes, type Sum } from "../profile/sum.js";
import type { Facts, Way } from "./facts.js";
import { rounded } from "./rounded.js";

/** Why goals of one kind may be missed. The sentences have their numbers from the run, and hold whichever is greater. */
export interface Cause {
  readonly title: string;
  /** The names of the figures that it is about. */
  readonly goals: RegExp;
  /** What was counted, and what would be needed; a sentence is left out where its numbers were not measured. */
  readonly told: (facts: Facts) => readonly (string | undefined)[];
}

const bySocket = inFlight50("connect", "haproxySocket");
const ownTls = inFlight50("plain", "redisTls");
const atItsEnds = ["application", "Redis"] as const;

const againstOwnTls: Cause = {
  title: "`connect()` against ioredis with its own TLS, 50 in flight",
  goals: /^shared\.connect50\..* \/ shared\.plain50\.redisTls\./,
  told: (facts) => {
    const [all, rest, tunnel] = [processes, atItsEnds, endsOfTunnel].map((names) => facts.counted(bySocket, names));
    const tls = facts.counted(ownTls, processes);
    if (!all || !rest || !tunnel || !tls) return [];
    const left = tls.cpuMicroseconds - rest.cpuMicroseconds;
    return [
      `By our HAProxy's socket the four processes take ${cpu(all)}, both ends of the tunnel ${cpu(tunnel)} of it; with its own TLS, application and Redis take ${cpu(tls)}.`,
      left > 0
        ? `Needed: a tunnel that takes no more than ${micro(left)}, or an application that takes less.`
        : `Needed: an application that takes less, for without the tunnel's part it is still ${cpu(rest)}.`,
    ];
  },
};

const againstPlaintext: Cause = {
  title: "`connect()` against ioredis over plaintext, 50 in flight",
  goals: /^shared\.connect50\..* \/ shared\.plain50\.plaintext\./,
  told: (facts) => {
    const own = facts.figure("shared.connect50.haproxySocket.cpuMicroseconds");
    const plain = facts.figure("shared.plain50.plaintext.cpuMicroseconds");
    const tunnel = facts.counted(bySocket, endsOfTunnel);
    if (own === undefined || plain === undefined || !tunnel) return [];
    return [
      `The application takes ${micro(own)} by our HAProxy's socket and ${micro(plain)} over plaintext; both ends of the tunnel take ${cpu(tunnel)} of the same processors, and wake ${rounded(tunnel.wakeUps)} times.`,
      "Needed: the application has to save more by joining commands than the tunnel takes, or to have more processors than it keeps busy.",
    ];
  },
};

const manyConnections: Cause = {
  title: "50 connections through the tunnel",
  goals: /^(haproxy|stunnel)(Socket)?\.throughput50 \//,
  told: (facts) => {
    const ends = (contender: ContenderName): Sum | undefined =>
      facts.counted({ ...inFlight50("connect", contender), workers: true }, endsOfTunnel);
    const [haproxy, stunnel] = [ends("haproxySocket"), ends("stunnelSocket")];
    if (!haproxy || !stunnel) return [];
    return [
      `By the socket, both ends of our stunnel make ${costs(stunnel)}, of our HAProxy ${costs(haproxy)}.`,
      "stunnel has a thread for each connection, which is woken for each piece that comes; HAProxy serves all that wait when it is woken.",
      "Needed: fewer wake-ups for an operation, then fewer system calls. HAProxy is the default.",
    ];
  },
};

const socketAgainstPort: Cause = {
  title: "what the socket takes off HAProxy's processor time",
  goals: /^haproxySocket\.tunnelCpuMicroseconds \//,
  told: (facts) => {
    const at = (contender: ContenderName, end: (typeof endsOfTunnel)[number]): Sum | undefined =>
      facts.counted({ ...inFlight50("connect", contender), workers: true }, [end]);
    const [socket, port] = [at("haproxySocket", "client tunnel"), at("haproxy", "client tunnel")];
    const server = at("haproxySocket", "server tunnel");
    if (!socket || !port || !server) return [];
    return [
      `Of a command's three connections the socket is the first. The client end makes ${rounded(socket.calls)} system calls by socket and ${rounded(port.calls)} by port; what a call takes differs on this connection alone. The server end, which the socket leaves as it is, makes ${rounded(server.calls)}.`,
      "Needed: fewer calls where both ends speak TLS, and read a record's head, its body, and then nothing more.",
    ];
  },
};

const lone: Cause = {
  title: "one command in flight",
  goals: /^shared\.connect1\./,
  told: (facts) => {
    const one = { inFlight: 1 } as const;
    const all = facts.counted({ ...bySocket, ...one }, processes);
    const tls = facts.counted({ ...ownTls, ...one }, processes);
    const cpuOf = (client: ClientName): number | undefined =>
      facts.figure(`shared.${client}1.haproxySocket.cpuMicroseconds`);
    const [own, plain] = [cpuOf("connect"), cpuOf("plain")];
    return [
      all &&
        tls &&
        `By our HAProxy's socket the four processes make ${costs(all)}; with its own TLS, application and Redis make ${costs(tls)}. Each wake-up is waited for.`,
      own !== undefined && plain !== undefined
        ? `The application takes ${micro(own)} with \`connect()\`, and ${micro(plain)} with ioredis through the same tunnel.`
        : undefined,
      "Needed: no wake-up at the tunnel's ends, which is a tunnel that polls and so keeps a processor busy at rest, and nothing that `connect()` adds to a lone command.",
    ];
  },
};

const loneConnection: Cause = {
  title: "one connection of redis-benchmark",
  goals: /^(haproxy|stunnel)(Socket)?\.latencyP50Microseconds −/,
  told: (facts) => {
    const ends = facts.counted({ ...bySocket, inFlight: 1 }, endsOfTunnel);
    if (!ends) return [];
    return [
      `For a lone command both ends of our HAProxy make ${costs(ends)}, one after the other.`,
      "Needed: as for one command in flight.",
    ];
  },
};

const handshakes: Cause = {
  title: "handshakes",
  goals: /\.handshakesPerCpuSecond \//,
  told: () => ["The profile begins when connections stand. Needed: one of handshakes, before anything else."],
};

const memory: Cause = {
  title: "memory of a connection",
  goals: /\.(client|server)Kibibytes$/,
  told: (facts) => {
    const held = (contender: ContenderName): number | undefined => facts.figure(`${contender}.serverKibibytes`);
    const [stunnel, haproxy] = [held("stunnelSocket"), held("haproxySocket")];
    if (stunnel === undefined || haproxy === undefined) return [];
    return [
      `At the server end our stunnel holds ${rounded(stunnel)} KiB of a connection that rests, and our HAProxy ${rounded(haproxy)}: stunnel keeps a thread and its buffers for each.`,
      "Needed: an engine without them, which is HAProxy, the default.",
    ];
  },
};

export const causes: readonly Cause[] = [
  againstOwnTls,
  againstPlaintext,
  manyConnections,
  socketAgainstPort,
  lone,
  loneConnection,
  handshakes,
  memory,
];

function inFlight50(client: ClientName, contender: ContenderName): Way {
  return { client, contender, inFlight: 50, workers: false };
}

function costs(sum: Sum): string {
  return `${rounded(sum.calls)} system calls, wake ${rounded(sum.wakeUps)} times and take ${cpu(sum)}`;
}

function cpu({ cpuMicroseconds }: Sum): string {
  return micro(cpuMicroseconds);
}

function micro(microseconds: number): string {
  return `${rounded(microseconds)} µs`;
}
