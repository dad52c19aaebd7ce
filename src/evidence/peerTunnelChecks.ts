import { hostPaths } from "../host/hostPaths";
import { tunnelProgram } from "../host/tunnelProgram";
import type { CachePlan } from "../plan/cachePlan";
import { serverName } from "../plan/certificates";
import { classicalGroup } from "../plan/keyExchange";
import { sentinelsOf, type Member } from "../plan/replication";
import { tunnelServices, type TunnelService } from "../plan/services";
import { tunnelRules } from "../plan/tunnel";
import { onHost, type Check } from "./check";
import { environment, neighbourLines } from "./clusterAwk";
import { classicalAlone, exchangeShown, groupIn, plannedGroup } from "./keyExchangeChecks";
import { saying, withoutAnchors } from "./listening";
import {
  asNobody,
  asOneself,
  asStranger,
  behindBus,
  behindRedis,
  behindSentinel,
  handshakeCommand,
  resuming,
  tls13Spoken,
  withOtherSuites,
  type Behind,
} from "./tunnelCommands";

/** What a node sees of the other nodes' tunnels, which no app host reaches; nothing where there are no others. */
type PeerChecks = (plan: CachePlan<string>) => Check[];

export const peerEncryptionChecks: PeerChecks = ofEachService(({ onOthers, account }) => [
  onOthers("speaks TLS 1.3", handshakeCommand('"$at"', "-tls1_3", account), tls13Spoken),
  onOthers("refuses TLS 1.2", handshakeCommand('"$at"', "-tls1_2", account), "alert protocol version"),
]);

export const peerAuthenticationChecks: PeerChecks = ofEachService(({ onOthers, behind, firstName, account }) => [
  onOthers("refuses whoever shows no certificate", asNobody('"$at"', account), "alert certificate required"),
  onOthers(
    "refuses a certificate of a node's name that somebody else has signed",
    asStranger('"$at"', firstName, account),
    "alert unknown ca",
  ),
  onOthers(
    "shows a certificate of its own name, and admits this node's",
    asOneself('"$at"', '"$name"', behind, account),
    withoutAnchors(behind.answer),
  ),
]);

export const peerIntegrityChecks: PeerChecks = ofEachService(({ onOthers, behind, account }) => [
  onOthers(
    "chooses an authenticated cipher",
    handshakeCommand('"$at"', "-tls1_3", account),
    `Cipher is (${tunnelRules.cipherSuites.split(":").join("|")})`,
  ),
  onOthers(
    "refuses every other cipher",
    handshakeCommand('"$at"', withOtherSuites, account),
    "alert handshake failure",
  ),
  onOthers("resumes no session", resuming('"$at"', behind, account), "New, TLSv1[.]3"),
]);

export const peerKeyExchangeChecks: PeerChecks = ofEachService(({ onOthers, account, plan }) => [
  onOthers(exchangeShown, groupIn(handshakeCommand('"$at"', "-tls1_3", account)), plannedGroup(plan)),
  ...(plan.requireHybridKeyExchange
    ? [
        onOthers(
          `refuses ${classicalGroup} alone`,
          handshakeCommand('"$at"', classicalAlone, account),
          "alert handshake failure",
        ),
      ]
    : []),
]);

interface Service {
  readonly plan: CachePlan;
  readonly behind: Behind;
  readonly firstName: string;
  /** The tunnel's own: the firewall lets nobody else out to other nodes. */
  readonly account: string;
  /** That each other node's tunnel says something (a regular expression); one that does not is named. */
  readonly onOthers: (shows: string, command: string, says: string) => Check;
}

function ofEachService(checks: (service: Service) => Check[]): PeerChecks {
  return (plan) => {
    const { account } = tunnelProgram(plan.tunnel);
    return servicesOf(plan).flatMap((service) => checks({ ...service, account, plan }));
  };
}

function servicesOf({ name, replication, cluster }: CachePlan<string>): Omit<Service, "account" | "plan">[] {
  const { replication: copying, sentinel, bus } = tunnelServices;
  if (cluster !== undefined) {
    const firstName = cluster.members[0]?.serverName ?? "";
    return [
      { behind: behindRedis, firstName, onOthers: onNeighboursOf(name, copying) },
      { behind: behindBus, firstName, onOthers: onNeighboursOf(name, bus) },
    ];
  }
  if (replication === undefined) return [];
  const firstName = replication.members[0]?.serverName ?? "";
  return [
    { behind: behindRedis, firstName, onOthers: onOthersOf(copying, replication.members) },
    { behind: behindSentinel, firstName, onOthers: onOthersOf(sentinel, sentinelsOf(replication)) },
  ];
}

/** The shell's `at` and `name` are address and port of each, and the name that its certificate must have. */
function onOthersOf({ name: service, port }: TunnelService, members: readonly Member[]): Service["onOthers"] {
  const all = members.map(({ privateIp, serverName: name }) => `${privateIp}:${port}=${name}`).join(" ");
  const pastOneself = 'case "$own" in *" ${at%:*}/"*) continue ;; esac';
  return (shows, command, says) =>
    onHost(
      ["cache"],
      `${service} of every other node ${shows}`,
      `own=$(ip -brief -4 address); for peer in ${all}; do at=\${peer%=*} name=\${peer#*=}; ${pastOneself}; ${saying(command, says)}; done | ${onOneLine}`,
      `^${says}(,${says})*$`,
    );
}

/** The same in a cluster, by the host's lists, which are compared with the plan. Where every node calls these, all are called. */
function onNeighboursOf(cache: string, { name: service, port }: TunnelService): Service["onOthers"] {
  const places = neighbourLines("if (field[3] != self) print field[1]");
  const address = `awk -v place="$place" '$1 == place { print $2 }' ${hostPaths.members}`;
  return (shows, command, says) =>
    onHost(
      ["cache"],
      `${service} of every other node of its shard and of the next one ${shows}`,
      `${environment} && for place in $(${places}); do at=$(${address}):${port} name=${serverName(cache, `${cache}-\${place}`)}; ${saying(command, says)}; done | ${onOneLine}`,
      `^${says}(,${says})*$`,
    );
}

const onOneLine = "sort --unique | paste --serial --delimiters=,";
