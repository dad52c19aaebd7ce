import { folderAccount, hostPaths } from "../host/hostPaths";
import { unitNames } from "../host/units";
import { onHost, type Check } from "./check";

/** Whether the near end of an app host's tunnel, its socket and its port, is there for the application alone. */
export const nearEndChecks: readonly Check[] = [
  onHost(
    ["client"],
    "the application's folder is for its user, and holds the socket, the connection file and the password alone",
    listOfFolder(),
    `^${listed([
      ["-r--r-----", "root", hostPaths.clientConnection],
      ["-r--r-----", "root", hostPaths.clientPassword],
      ["drwxr-x---", folderAccount, hostPaths.clientFolder],
      ["srw-rw----", folderAccount, hostPaths.clientSocket],
    ])}$`,
  ),
  onHost(
    ["client"],
    "the socket in it is the one that systemd holds",
    // By what it is in the folder: another one may have had the same name.
    `ss --no-header --listening --unix --processes --extended | grep " ino:$(stat --format=%i ${hostPaths.clientSocket}) "`,
    String.raw`users:\(.*"systemd",pid=1,`,
  ),
  onHost(
    ["client"],
    "root reaches the tunnel",
    // The socket and the port are systemd's, and open while the tunnel is away.
    `systemctl is-active --quiet ${unitNames.tunnel} && ${openSocket()} && { ! ${hasPort()} || ${openPort()}; } && echo open`,
    "^open$",
  ),
  onHost(
    ["client"],
    "the application reaches it, and can read neither the certificate nor its key",
    `user=$(stat --dereference --format=%G ${hostPaths.password}) && ! ${asApplication()}sh -c '[ -r ${hostPaths.certificate} ] || [ -r ${hostPaths.privateKey} ]' && ${openSocket(asApplication())} && { ! ${hasPort()} || ${openPort(asApplication())}; } && echo open`,
    "^open$",
  ),
  {
    by: "host",
    hosts: ["client"],
    shows: "another user does not",
    command: `${openSocket(asNobody())} || { ${hasPort()} && ${openPort(asNobody())}; }`,
    expect: { fails: true },
  },
];

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

function openSocket(as = ""): string {
  return `${as}timeout 10 python3 -I -c 'import socket; socket.socket(socket.AF_UNIX).connect("${hostPaths.clientSocket}")'`;
}

/** Succeeds where the port is open beside the socket. */
function hasPort(): string {
  return `jq --exit-status .port ${hostPaths.connection} >/dev/null`;
}

function openPort(as = ""): string {
  return `${as}timeout 10 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$0"' "$(jq .port ${hostPaths.connection})"`;
}
