import type { CachePlan } from "../plan/cachePlan";
import { sentinelsOf, type ReplicationPlan } from "../plan/replication";
import { nodeSocket, sentinelSocket } from "../host/connectionFile";
import { folderAccount, hostPaths } from "../host/hostPaths";
import { unitNames } from "../host/units";
import { onHost, type Check } from "./check";

/** Whether the near end of an app host's tunnel, its sockets and its ports, is there for the application alone. */
export function nearEndChecks({ replication }: Pick<CachePlan, "replication">): readonly Check[] {
  const end = replication === undefined ? ofOneNode : ofNodes(replication);
  return [
    onHost(
      ["client"],
      "the application's folder is for its user, and holds the socket, the connection file and the password alone",
      listOfFolder(),
      `^${listed([
        ["-r--r-----", "root", hostPaths.clientConnection],
        ["-r--r-----", "root", hostPaths.clientPassword],
        ["drwxr-x---", folderAccount, hostPaths.clientFolder],
        ...end.sockets.map((socket) => ["srw-rw----", folderAccount, socket] as const),
      ])}$`,
    ),
    onHost(["client"], "the socket in it is the one that systemd holds", end.holders, end.heldBySystemd),
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
  readonly sockets: readonly string[];
  /** Prints who holds the sockets, and what that is where it is systemd alone (a regular expression). */
  readonly holders: string;
  readonly heldBySystemd: string;
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

const ofOneNode: End = {
  sockets: [hostPaths.clientSocket],
  holders: holderOf(hostPaths.clientSocket),
  heldBySystemd: String.raw`users:\(.*"systemd",pid=1,`,
  hasPort: `jq --exit-status .port ${hostPaths.connection} >/dev/null`,
  openSocket: (as) =>
    `${as}timeout 10 python3 -I -c 'import socket; socket.socket(socket.AF_UNIX).connect("${hostPaths.clientSocket}")'`,
  openPort: (as) => `${as}timeout 10 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$0"' "$(jq .port ${hostPaths.connection})"`,
};

function ofNodes(replication: ReplicationPlan): End {
  const sockets = [
    ...replication.members.map(({ name }) => nodeSocket(name)),
    ...sentinelsOf(replication).map(({ name }) => sentinelSocket(name)),
  ].sort();
  const addresses = `jq --raw-output '.nodes[] | .address as $address | (.port, .sentinelPort) | values | "\\($address)/\\(.)"' ${hostPaths.connection}`;
  const call = (as: string): string => `${as}timeout 10 bash -c 'exec 3<>"/dev/tcp/$0"' "$one"`;
  return {
    sockets,
    holders: `for one in ${sockets.join(" ")}; do ${holderOf("$one")}; done | grep --count '"systemd",pid=1,'`,
    heldBySystemd: `^${sockets.length}$`,
    hasPort: `jq --exit-status '.nodes[0].port' ${hostPaths.connection} >/dev/null`,
    openSocket: (as, which) =>
      `${as}timeout 10 python3 -I -c 'import socket, sys; sys.exit(not ${which === "each" ? "all" : "any"}(socket.socket(socket.AF_UNIX).connect_ex(path) == 0 for path in sys.argv[1:]))' ${sockets.join(" ")}`,
    openPort: (as, which) =>
      which === "each"
        ? `{ for one in $(${addresses}); do ${call(as)} || break; one=; done && [ -z "$one" ]; }`
        : `{ for one in $(${addresses}); do ${call(as)} && one= && break; done && [ -z "$one" ]; }`,
  };
}

function openAll({ openSocket, hasPort, openPort }: End, as = ""): string {
  return `${openSocket(as, "each")} && { ! ${hasPort} || ${openPort(as, "each")}; }`;
}

/** Mode, owner and group of the folder and of all that is in it, in one line; an access control list adds a `+` to the mode. */
function listOfFolder(): string {
  const group = `group=$(sed --quiet 's/^password [^ ]* [^ ]* \\([^ ]*\\) .*/\\1/p' ${hostPaths.secretFilesTable})`;
  const list = `find ${hostPaths.clientFolder} -exec ls -l --directory --time-style=+ {} +`;
  const sorted = "LC_ALL=C sort | paste --serial --delimiters=' '";
  return `${group} && ${list} | awk '{print $1, $3, $4 ".", $NF}' | sed "s/ \${group}[.] / its user /" | ${sorted}`;
}

function listed(files: readonly (readonly [mode: string, owner: string, path: string])[]): string {
  return files.map(([mode, owner, path]) => `${mode} ${owner} its user ${path.replaceAll(".", "[.]")}`).join(" ");
}

function asApplication(): string {
  return 'setpriv --reuid="$user" --regid="$user" --init-groups ';
}

function asNobody(): string {
  return "setpriv --reuid=nobody --clear-groups ";
}
