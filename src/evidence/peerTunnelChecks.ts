import { tunnelProgram } from "../host/tunnelProgram";
import type { CachePlan } from "../plan/cachePlan";
import { sentinelsOf, type Member } from "../plan/replication";
import { tunnelServices, type TunnelService } from "../plan/services";
import { tunnelRules } from "../plan/tunnel";
import { onHost, type Check } from "./check";
import {
  asNobody,
  asOneself,
  asStranger,
  behindRedis,
  behindSentinel,
  handshakeCommand,
  otherSuites,
  resuming,
  type Behind,
} from "./tunnelCommands";

/** What a node sees of the other nodes' tunnels, which no app host reaches; nothing where there are no others. */
type PeerChecks = (plan: CachePlan<string>) => Check[];

export const peerEncryptionChecks: PeerChecks = ofEachService(({ onOthers, account }) => [
  onOthers("speaks TLS 1.3", handshakeCommand('"$at"', "-tls1_3", account), "TLSv1[.]3"),
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
    behind.answer.replace(/^\^/, ""),
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
    handshakeCommand('"$at"', `-tls1_3 -ciphersuites ${otherSuites}`, account),
    "alert handshake failure",
  ),
  onOthers("resumes no session", resuming('"$at"', behind, account), "New, TLSv1[.]3"),
]);

interface Service {
  readonly behind: Behind;
  readonly firstName: string;
  /** The tunnel's own: the firewall lets nobody else out to other nodes. */
  readonly account: string;
  /** That each other node's tunnel says something (a regular expression); one that does not is named. */
  readonly onOthers: (shows: string, command: string, says: string) => Check;
}

function ofEachService(checks: (service: Service) => Check[]): PeerChecks {
  return ({ replication, tunnel }) => {
    if (replication === undefined) return [];
    const { replication: copying, sentinel } = tunnelServices;
    const { account } = tunnelProgram(tunnel);
    const firstName = replication.members[0]?.serverName ?? "";
    const others = (service: TunnelService, members: readonly Member[]): Service["onOthers"] =>
      onOthersOf(`${service.name} of every other node`, members, service.port);
    return [
      { behind: behindRedis, firstName, account, onOthers: others(copying, replication.members) },
      { behind: behindSentinel, firstName, account, onOthers: others(sentinel, sentinelsOf(replication)) },
    ].flatMap(checks);
  };
}

/** The shell's `at` and `name` are address and port of each, and the name that its certificate must have. */
function onOthersOf(what: string, members: readonly Member[], port: number): Service["onOthers"] {
  const all = members.map(({ privateIp, serverName }) => `${privateIp}:${port}=${serverName}`).join(" ");
  const isOneself = 'ip -brief -4 address | grep --quiet --fixed-strings --word-regexp "${at%:*}"';
  return (shows, command, says) => {
    const line = `said=$({ ${command}; } | grep --max-count=1 --only-matching --extended-regexp --regexp='${says}')`;
    return onHost(
      ["cache"],
      `${what} ${shows}`,
      `for peer in ${all}; do at=\${peer%=*} name=\${peer#*=}; ${isOneself} && continue; ${line}; echo "\${said:-not so at $at}"; done | sort --unique | paste --serial --delimiters=,`,
      `^${says}(,${says})*$`,
    );
  };
}
