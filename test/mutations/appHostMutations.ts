import { unitNames } from "../../src/host/units.js";
import { hostPaths } from "../../src/host/hostPaths.js";
import { passwordLength } from "../../src/plan/passwords.js";
import { edited, firewallEdited, firewallWithout, nft, told, withMode, type LastingChange } from "./hostChange.js";
import { appHost, type MutationThere } from "./hostMutation.js";

const { appCredentials, appFolder, clientFolder, clientSocket, connection, password, privateKey, unitsFolder } =
  hostPaths;
const portSocket = `${unitsFolder}/${unitNames.port}`;
const { check, confined, files, owners, rulesInForce } = appHost;

/** Besides, it reaches the tunnel. */
export const applicationDoesNot = check(
  "wall",
  "the application reaches it, and can read neither the certificate nor its key",
);

const folderIsItsUsers = check(
  "wall",
  "the application's folder is for its user, and holds the socket, the connection file and the password alone",
);
const anotherUserDoesNot = check("wall", "another user does not");

const credentials = check(
  "application-credentials",
  "the application's user alone reads its credentials, where it has any, in memory",
);

/** The wall between an application and the keys, and what else its host has. */
export const appHostMutations: readonly MutationThere[] = [
  {
    what: "let everybody read the application's password",
    breaks: [
      check("client-passwords", "root owns the application's password, and the application's own group alone reads it"),
    ],
    change: withMode(password, "o+r", "o-r"),
  },
  {
    what: "let another group than the application's read its password",
    breaks: [
      check("client-passwords", "root owns the application's password, and the application's own group alone reads it"),
      applicationDoesNot,
    ],
    change: {
      changes: password,
      does: `chgrp www-data "$(realpath ${password})"`,
      mends: `chgrp "$(awk '$1 == "password" { print $4 }' ${hostPaths.secretFilesTable})" "$(realpath ${password})"`,
    },
  },
  {
    what: "let everybody ask for the role that reads the key",
    breaks: [
      check("instance-metadata", "the firewall refuses others"),
      check("instance-metadata", "a container gets no token"),
      check("instance-metadata", "another user gets no token"),
      rulesInForce,
    ],
    change: firewallWithout("169[.]254"),
  },
  {
    what: "open the tunnel to every user",
    breaks: [
      check("wall", "the tunnel's port is for the application's user"),
      check("wall", "no container reaches the tunnel"),
      check("wall", "no container reaches the cache past it"),
      anotherUserDoesNot,
      rulesInForce,
    ],
    change: firewallWithout("tcp dport"),
  },
  {
    what: "let every user answer in the tunnel's place",
    breaks: [check("wall", "nobody but the tunnel answers on its port"), rulesInForce],
    change: firewallWithout("tcp sport"),
  },
  {
    what: "put a rule before the wall",
    breaks: [anotherUserDoesNot, rulesInForce],
    change: nft("insert rule inet hipaa_redis output ip daddr 127.0.0.0/8 accept"),
  },
  {
    what: "open the tunnel to another user in the place of the application's",
    breaks: [applicationDoesNot, rulesInForce],
    change: firewallEdited('s/"web"/"www-data"/'),
  },
  {
    what: "put the application's user into the tunnel's group",
    breaks: [check("wall", "root and the tunnel alone can read the key"), applicationDoesNot],
    change: edited("/etc/group", `sed -i "/^$(stat --dereference --format=%G ${privateKey}):/s/$/,web/" /etc/group`),
  },
  {
    what: "have systemd hold another port than the tunnel's",
    breaks: [files],
    change: edited(portSocket, `sed -i 's/^ListenStream=127.*/ListenStream=127.0.0.1:6380/' ${portSocket}`),
  },
  {
    what: "give the application a short password",
    breaks: [check("log-in-attempts", `the application's password has ${passwordLength} letters and digits`)],
    change: edited(password, `echo secret >${password}`),
  },
  {
    what: "let one more user ask for the host's role, whom no check tries",
    breaks: [rulesInForce],
    change: nft("insert rule inet hipaa_redis output ip daddr 169.254.169.254 meta skuid www-data accept"),
  },
  {
    what: "open the tunnel to one more user, whom no check tries",
    breaks: [rulesInForce],
    change: nft("insert rule inet hipaa_redis output meta skuid www-data accept"),
  },
  {
    what: "have the wall stand before another port",
    breaks: [anotherUserDoesNot, rulesInForce],
    change: firewallEdited("s/port 6379/port 6380/"),
  },
  {
    what: "open the application's folder and the tunnel's socket to every user",
    breaks: [folderIsItsUsers, anotherUserDoesNot],
    change: {
      changes: clientFolder,
      does: `chmod o+x ${clientFolder} && chmod o+rw ${clientSocket}`,
      mends: `chmod o-rw ${clientSocket} && chmod o-x ${clientFolder}`,
    },
  },
  {
    what: "let one more user into the application's folder by an access control list",
    breaks: [folderIsItsUsers],
    change: { changes: clientFolder, does: accessControlList("set"), mends: accessControlList("remove") },
  },
  {
    what: "give the tunnel's socket to another group",
    breaks: [folderIsItsUsers, applicationDoesNot],
    change: owned(clientSocket, ":www-data"),
  },
  {
    what: "give the application's folder to root",
    breaks: [folderIsItsUsers],
    change: owned(clientFolder, "root"),
  },
  {
    what: "lead out of the application's folder by a link",
    breaks: [folderIsItsUsers],
    change: {
      changes: clientFolder,
      does: `ln --symbolic ${hostPaths.secretFolder} ${clientFolder}/secret`,
      mends: `rm ${clientFolder}/secret`,
    },
  },
  {
    what: "put a socket of one's own in the tunnel's place",
    breaks: [check("wall", "the socket in it is the one that systemd holds")],
    change: { changes: clientFolder, ...replacedSocket() },
  },
  {
    what: "stop the tunnel",
    breaks: [
      check("wall", "root reaches the tunnel"),
      confined("the tunnel"),
      check("connection-log", "the tunnel that runs writes to its journal"),
    ],
    change: told(unitNames.tunnel, `systemctl stop ${unitNames.tunnel}`, `systemctl start ${unitNames.tunnel}`),
    alone: "Nobody reaches a tunnel that is stopped: who may would not be seen.",
  },
  {
    what: "let everybody read the application's AWS credentials",
    breaks: [credentials],
    change: withMode(appCredentials, "o+r", "o-r"),
  },
  {
    what: "keep the application's AWS credentials on the disk",
    breaks: [credentials],
    change: {
      changes: appCredentials,
      does: `mkdir /var/tmp/mutated-app && cp --archive ${appFolder}/. /var/tmp/mutated-app && chmod --reference=${appFolder} /var/tmp/mutated-app && chown --reference=${appFolder} /var/tmp/mutated-app && mount --bind /var/tmp/mutated-app ${appFolder}`,
      mends: `umount ${appFolder} && rm -r /var/tmp/mutated-app`,
    },
  },
  {
    what: "leave AWS credentials that have ended",
    breaks: [check("application-credentials", "they last for another quarter of an hour at least")],
    change: edited(appCredentials, `sed -i -E 's/("Expiration": ")[0-9]{4}/\\12020/' ${appCredentials}`),
  },
  {
    what: "renew the application's AWS credentials no more",
    breaks: [check("application-credentials", "the host renews them")],
    change: told(
      unitNames.appRoleTimer,
      `systemctl stop ${unitNames.appRoleTimer}`,
      `systemctl start ${unitNames.appRoleTimer}`,
    ),
  },
  {
    what: "let everybody write the connection file",
    breaks: [files, owners],
    change: withMode(connection, "0666", "0440"),
  },
];

/** What chown(1) is told, and back to whose it was. */
function owned(path: string, to: string): LastingChange {
  return {
    changes: clientFolder,
    does: `stat --format=%U:%G ${path} >"$kept" && chown ${to} ${path}`,
    mends: `chown "$(cat "$kept")" ${path} && rm "$kept"`,
  };
}

/** For www-data (33); setfacl(1) is on no host. The entries as the kernel has them: acl(5), linux/posix_acl_xattr.h. */
function accessControlList(what: "set" | "remove"): string {
  const entries = "(1, 7, -1), (2, 5, 33), (4, 5, -1), (16, 5, -1), (32, 0, -1)";
  const list = `struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *entry) for entry in [${entries}])`;
  const name = `"${clientFolder}", "system.posix_acl_access"`;
  const call = what === "set" ? `os.setxattr(${name}, ${list})` : `os.removexattr(${name})`;
  return `python3 -c 'import os, struct; ${call}'`;
}

/** It answers, with the owner, group and mode of the tunnel's own, which is put back. */
function replacedSocket(): Pick<LastingChange, "does" | "mends"> {
  const [unit, own] = ["sockets-impostor", "/run/hipaa-redis/impostor.sock"];
  const server = `import socket, time; s = socket.socket(socket.AF_UNIX); s.bind("${own}"); s.listen(); time.sleep(86400)`;
  return {
    does: [
      `systemd-run --quiet --collect --unit=${unit} python3 -c '${server}'`,
      `timeout 600 sh -c 'until [ -S ${own} ]; do sleep 0.1; done'`,
      `chown --reference=${clientSocket} ${own} && chmod --reference=${clientSocket} ${own}`,
      `mv ${clientSocket} "$kept" && mv ${own} ${clientSocket}`,
    ].join(" && "),
    mends: `mv "$kept" ${clientSocket} && systemctl stop ${unit}`,
  };
}
