import type { CachePlan } from "../plan/cachePlan";
import { sentinelsOf, type ReplicationPlan } from "../plan/replication";
import type { ClusterPlan } from "../plan/cluster";
import { tunnelEngines } from "../plan/tunnel";
import { clusterNodeSocket, nodeSocket, sentinelSocket } from "../host/connectionFile";
import { folderAccount, hostPaths } from "../host/hostPaths";
import { tunnelProgram } from "../host/tunnelProgram";
import { unitNames } from "../host/units";
import { onHost, type Check } from "./check";
import { sortedDigest } from "./clusterChecks";

/** Whether the near end of an app host's tunnel, its sockets and its ports, is there for the application alone. */
export function nearEndChecks(plan: Pick<CachePlan, "replication" | "cluster">): readonly Check[] {
  const end = endOf(plan);
  return [
    end.folder,
    end.held,
    onHost(
      ["client"],
      "root reaches the tunnel",
      // The socket and the port are systemd's, and open while the tunnel is away.
      `systemctl is-active --quiet ${unitNames.tunnel} && ${openAll(end)} && echo open`,
      "^open$",
    ),
    onHost(
      ["client"],
      "the application reaches it, and can read neither the certificate nor its key",
      `user=$(stat --dereference --format=%G ${hostPaths.password}) && ! ${asApplication()}sh -c '[ -r ${hostPaths.certificate} ] || [ -r ${hostPaths.privateKey} ]' && ${openAll(end, asApplication())} && echo open`,
      "^open$",
    ),
    {
      by: "host",
      hosts: ["client"],
      shows: "another user does not",
      command: `${end.openSocket(asNobody(), "any")} || { ${end.hasPort} && ${end.openPort(asNobody(), "any")}; }`,
      expect: { fails: true },
    },
  ];
}

/** What differs where there are several nodes. */
interface End {
  /** What is in the application's folder. */
  readonly folder: Check;
  /** Who holds the sockets in it. */
  readonly held: Check;
  /** Succeeds where ports are open beside the sockets. */
  readonly hasPort: string;
  /** They succeed where each socket or port can be called, or any of them. */
  readonly openSocket: (as: string, which: "each" | "any") => string;
  readonly openPort: (as: string, which: "each" | "any") => string;
}

// By what it is in the folder: another one may have had the same name.
function holderOf(socket: string): string {
  return `ss --no-header --listening --unix --processes --extended | grep " ino:$(stat --format=%i ${socket}) "`;
}

function endOf({ replication, cluster }: Pick<CachePlan, "replication" | "cluster">): End {
  if (cluster !== undefined) return ofShards(cluster);
  return replication === undefined ? ofOneNode() : ofNodes(replication);
}

function folderCheck(sockets: readonly string[]): Check {
  return onHost(
    ["client"],
    folderShown,
    `${listOfFolder()} | ${onOneLine}`,
    `^${listed([...filesOfRoot, folderOfRoot, ...sockets.map((socket) => ["srw-rw----", folderAccount, socket] as const)])}$`,
  );
}

function heldBySystemd(holders: string, prints: string): Check {
  return onHost(["client"], "the socket in it is the one that systemd holds", holders, prints);
}

function ofOneNode(): End {
  return {
    folder: folderCheck([hostPaths.clientSocket]),
    held: heldBySystemd(holderOf(hostPaths.clientSocket), String.raw`users:\(.*"systemd",pid=1,`),
    hasPort: `jq --exit-status .port ${hostPaths.connection} >/dev/null`,
    openSocket: (as) =>
      `${as}timeout 10 python3 -I -c 'import socket; socket.socket(socket.AF_UNIX).connect("${hostPaths.clientSocket}")'`,
    openPort: (as) => `${as}timeout 10 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$0"' "$(jq .port ${hostPaths.connection})"`,
  };
}

function ofNodes(replication: ReplicationPlan): End {
  const sockets = [
    ...replication.members.map(({ name }) => nodeSocket(name)),
    ...sentinelsOf(replication).map(({ name }) => sentinelSocket(name)),
  ].sort();
  return {
    folder: folderCheck(sockets),
    held: heldBySystemd(
      `for one in ${sockets.join(" ")}; do ${holderOf("$one")}; done | grep --count '"systemd",pid=1,'`,
      `^${sockets.length}$`,
    ),
    ...callsOf(sockets.join(" ")),
  };
}

/** They may be hundreds: how many there are, and the sum of their names, stay short. */
function ofShards({ members }: ClusterPlan): End {
  const sockets = members.map(({ name }) => clusterNodeSocket(name));
  const all = `${hostPaths.clientNodesFolder}/*.sock`;
  const tunnels = tunnelEngines.map((tunnel) => tunnelProgram(tunnel).account).join("|");
  const nodes = hostPaths.clientNodesFolder;
  return {
    folder: onHost(
      ["client"],
      "the application's folder is for its user, and holds the sockets, the connection file and the password alone",
      `all=$(${listOfFolder()} | sed --regexp-extended 's/^(\\S+) (${tunnels}) /\\1 its-tunnel /'); echo "$(echo "$all" | grep --invert-match '^srw-rw---- its-tunnel its user ' | ${onOneLine}) and $(echo "$all" | sed --quiet 's/^srw-rw---- its-tunnel its user //p' | { names=$(cat); echo "$(echo "$names" | wc --lines) sockets, SHA-256 $(echo "$names" | sha256sum | cut --characters=1-64)"; })"`,
      `^${listed([...filesOfRoot, ["drwxr-s---", "its-tunnel", nodes], folderOfRoot])} and ${sockets.length} sockets, SHA-256 ${sortedDigest(sockets)}$`,
    ),
    held: onHost(
      ["client"],
      "the sockets in it are those that the tunnel holds",
      `ss --no-header --listening --unix --processes --extended | grep --word-regexp --fixed-strings "$(stat --format='ino:%i' ${all})" | grep --count --extended-regexp '"(haproxy|stunnel4?)",pid='`,
      `^${sockets.length}$`,
    ),
    ...callsOf(all),
  };
}

/** @param sockets - The shell's words for them. */
function callsOf(sockets: string): Omit<End, "folder" | "held"> {
  const addresses = `jq --raw-output '.nodes[] | .address as $address | (.port, .sentinelPort) | values | "\\($address)/\\(.)"' ${hostPaths.connection}`;
  const call = (as: string): string => `${as}timeout 10 bash -c 'exec 3<>"/dev/tcp/$0"' "$one"`;
  return {
    hasPort: `jq --exit-status '.nodes[0].port' ${hostPaths.connection} >/dev/null`,
    openSocket: (as, which) =>
      `${as}timeout 10 python3 -I -c 'import socket, sys; sys.exit(not ${which === "each" ? "all" : "any"}(socket.socket(socket.AF_UNIX).connect_ex(path) == 0 for path in sys.argv[1:]))' ${sockets}`,
    openPort: (as, which) =>
      which === "each"
        ? `{ for one in $(${addresses}); do ${call(as)} || break; one=; done && [ -z "$one" ]; }`
        : `{ for one in $(${addresses}); do ${call(as)} && one= && break; done && [ -z "$one" ]; }`,
  };
}

function openAll({ openSocket, hasPort, openPort }: End, as = ""): string {
  return `${openSocket(as, "each")} && { ! ${hasPort} || ${openPort(as, "each")}; }`;
}

/** What is there whatever the cache is, in the order of sort(1). */
const filesOfRoot = [
  ["-r--r-----", "root", hostPaths.clientConnection],
  ["-r--r-----", "root", hostPaths.clientPassword],
] as const;
const folderOfRoot = ["drwxr-x---", folderAccount, hostPaths.clientFolder] as const;

/** Mode, owner and group of the folder and of all that is in it, a line each; an access control list adds a `+` to the mode. */
function listOfFolder(): string {
  const group = `group=$(sed --quiet 's/^password [^ ]* [^ ]* \\([^ ]*\\) .*/\\1/p' ${hostPaths.secretFilesTable})`;
  const list = `find ${hostPaths.clientFolder} -exec ls -l --directory --time-style=+ {} +`;
  return `${group} && ${list} | awk '{print $1, $3, $4 ".", $NF}' | sed "s/ \${group}[.] / its user /" | LC_ALL=C sort`;
}

const onOneLine = "paste --serial --delimiters=' '";
const folderShown =
  "the application's folder is for its user, and holds the socket, the connection file and the password alone";

function listed(files: readonly (readonly [mode: string, owner: string, path: string])[]): string {
  return files.map(([mode, owner, path]) => `${mode} ${owner} its user ${path.replaceAll(".", "[.]")}`).join(" ");
}

function asApplication(): string {
  return 'setpriv --reuid="$user" --regid="$user" --init-groups ';
}

function asNobody(): string {
  return "setpriv --reuid=nobody --clear-groups ";
}
