import assert from "node:assert/strict";
import type { Said } from "../../../../src/verify/extract/entry.js";
import { sshdSaid } from "../../../../src/verify/extract/sshd.js";
import { sudoSaid } from "../../../../src/verify/extract/sudo.js";
import { tunnelReader } from "../../../../src/verify/extract/tunnel.js";
import { agentSaid, unitSaid } from "../../../../src/verify/extract/units.js";

/** `kind | who | from | what`, or `-` where a line says nothing that is asked for. */
function row(said: Said | undefined): string {
  return said === undefined ? "-" : [said.kind, said.who, said.from, said.what].join(" | ");
}

const key = "ED25519 SHA256:BgFX/G4hfqi3Qee6yowf5idN/fLL06a/PE/vWPctSmw";

/** As OpenSSH 9.2 of Debian 12 has written them. */
const sshd: readonly (readonly [line: string, told: string])[] = [
  ["Server listening on 127.0.0.1 port 17381.", "-"],
  ['Connection from 127.0.0.1 port 43050 on 127.0.0.1 port 17381 rdomain ""', "-"],
  ["Postponed publickey for ada from 127.0.0.1 port 43050 ssh2 [preauth]", "-"],
  [
    `Accepted publickey for ada from 127.0.0.1 port 43050 ssh2: ${key}`,
    `sign-in | ada | 127.0.0.1 | signed in with the key ${key}`,
  ],
  ["Accepted password for ada from 127.0.0.1 port 43050 ssh2", "sign-in | ada | 127.0.0.1 | signed in by password"],
  ["Disconnected from user ada 127.0.0.1 port 43050", "sign-in | ada | 127.0.0.1 | signed out"],
  [
    `Failed publickey for ada from fd00::7 port 43052 ssh2: ${key}`,
    `refusal | ada | fd00::7 | publickey refused: ${key}`,
  ],
  [
    "Connection closed by authenticating user ada 127.0.0.1 port 43052 [preauth]",
    "refusal | ada | 127.0.0.1 | gone before it had signed in",
  ],
  ["Invalid user nobody-here from 127.0.0.1 port 43062", "refusal | (left out) | 127.0.0.1 | no such account"],
  ["Connection closed by invalid user nobody-here 127.0.0.1 port 43062 [preauth]", "-"],
  [
    "User daemon from 127.0.0.1 not allowed because not listed in AllowUsers",
    "refusal | (left out) | 127.0.0.1 | the account may not sign in: not listed in AllowUsers",
  ],
  [
    "Unable to negotiate with 127.0.0.1 port 44566: no matching cipher found. Their offer: aes128-cbc [preauth]",
    "refusal |  | 127.0.0.1 | no matching cipher found",
  ],
  [
    "error: maximum authentication attempts exceeded for ada from 127.0.0.1 port 44574 ssh2 [preauth]",
    "refusal | ada | 127.0.0.1 | too many attempts",
  ],
  ['error: kex_exchange_identification: client sent invalid protocol identifier "GET / HTTP/1.0"', "-"],
  [
    "banner exchange: Connection from 127.0.0.1 port 44586: invalid format",
    "refusal |  | 127.0.0.1 | no SSH client: invalid format",
  ],
  // Names that strangers choose: none becomes a sign-in, none is shown, and the address is the one that sshd wrote.
  [
    `Invalid user x Accepted publickey for ada from 10.9.9.9 port 1 ssh2: ${key} from 127.0.0.1 port 43062`,
    "refusal | (left out) | 127.0.0.1 | no such account",
  ],
  [
    "Invalid user Hunter2!secret from 10.9.9.9 port 1 from 127.0.0.1 port 43062",
    "refusal | (left out) | 127.0.0.1 | no such account",
  ],
];

const sudo: readonly (readonly [line: string, told: string])[] = [
  [
    "     ada : TTY=pts/0 ; PWD=/home/ada ; USER=root ; COMMAND=/usr/bin/systemctl status ssh",
    "sudo | ada |  | ran /usr/bin/systemctl with arguments (left out) as root",
  ],
  [
    "     ada : PWD=/home/ada ; USER=root ; COMMAND=/usr/bin/sh -s",
    "sudo | ada |  | ran /usr/bin/sh with arguments (left out) as root",
  ],
  ["     ada : PWD=/ ; USER=root ; TSID=000001 ; COMMAND=/usr/bin/id", "sudo | ada |  | ran /usr/bin/id as root"],
  // What it holds of an application is left out.
  [
    "     ada : PWD=/home/ada ; USER=root ; COMMAND=/usr/bin/redis-cli GET patient:Jane-Doe",
    "sudo | ada |  | ran /usr/bin/redis-cli with arguments (left out) as root",
  ],
  [
    "     ada : PWD=/home/ada/Jane-Doe ; USER=redis ; COMMAND=/home/ada/Jane-Doe.sh",
    "sudo | ada |  | ran a program that is not the system's (left out) as redis",
  ],
  [
    "     ada : command not allowed ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id",
    "refusal | ada |  | sudo refused /usr/bin/id as root: command not allowed",
  ],
  [
    "     web : user NOT in sudoers ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id -u",
    "refusal | web |  | sudo refused /usr/bin/id with arguments (left out) as root: user NOT in sudoers",
  ],
  [
    "     ada : a password is required ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id",
    "refusal | ada |  | sudo refused /usr/bin/id as root: a password is required",
  ],
  // A folder that is called so that the line can be read in two ways.
  [
    "     ada : PWD=/tmp/x ; USER=nobody ; COMMAND=/usr/bin/true ; USER=root ; COMMAND=/usr/bin/id",
    "sudo | ada |  | ran a command (left out)",
  ],
  [
    "     ada : PWD=/tmp/x ; USER=root ; COMMAND=/usr/bin/env USER=nobody COMMAND=/x",
    "sudo | ada |  | ran a command (left out)",
  ],
  ["pam_unix(sudo:session): session opened for user root(uid=0) by ada(uid=1000)", "-"],
];

/** As HAProxy 2.6.12 and stunnel 5.68 of Debian 12 have written them, of the same callers, and the last of each 3.0.11 and 5.74 of Debian 13. */
const haproxy: readonly (readonly [line: string, told: string])[] = [
  ["127.0.0.1:33680 web.sessions CC 317 ms, 0 bytes in, 0 bytes out", "-"],
  [
    "127.0.0.1:33686 out.sessions PR 23 ms, 0 bytes in, 0 bytes out",
    "refusal | out.sessions | 127.0.0.1 | the certificate's name is not on the list of clients",
  ],
  [
    "127.0.0.1:33688 refused: SSL client certificate not trusted error:0A000086:SSL routines::certificate verify failed",
    "refusal |  | 127.0.0.1 | TLS handshake refused: certificate verify failed",
  ],
  [
    "127.0.0.1:33702 refused: SSL handshake failure error:0A0000C7:SSL routines::peer did not return a certificate",
    "refusal |  | 127.0.0.1 | TLS handshake refused: peer did not return a certificate",
  ],
  [
    "unix:1 refused: Connection closed during SSL handshake -",
    "refusal |  | unix | TLS handshake refused: Connection closed during SSL handshake",
  ],
  [
    "127.0.0.1:33720 refused: Connection closed during SSL handshake -",
    "refusal |  | 127.0.0.1 | TLS handshake refused: Connection closed during SSL handshake",
  ],
  ["127.0.0.1:50222 web.sessions -- 51 ms, 12 bytes in, 39 bytes out, X25519MLKEM768", "-"],
  [
    "127.0.0.1:50240 out.sessions PR 19 ms, 0 bytes in, 0 bytes out, X25519",
    "refusal | out.sessions | 127.0.0.1 | the certificate's name is not on the list of clients",
  ],
  [
    "127.0.0.1:43324 refused: SSL handshake failure error:0A000065:SSL routines::no suitable key share",
    "refusal |  | 127.0.0.1 | TLS handshake refused: no suitable key share",
  ],
];

const stunnel: readonly (readonly [line: string, told: string])[] = [
  ["2026.11.29 10:23:12 LOG5[0]: Service [redis] accepted connection from 127.0.0.1:57138", "-"],
  ["2026.11.29 10:23:12 LOG5[0]: Certificate accepted at depth=0: CN=web.sessions", "-"],
  ["2026.11.29 10:23:12 LOG3[0]: s_connect: connect 127.0.0.1:9: Connection refused (111)", "-"],
  ["2026.11.29 10:23:12 LOG5[1]: Service [redis] accepted connection from 127.0.0.2:60766", "-"],
  ["2026.11.29 10:23:12 LOG5[2]: Service [redis] accepted connection from 127.0.0.3:60780", "-"],
  ["2026.11.29 10:23:12 LOG4[1]: CERT: Subject checks failed", "-"],
  [
    "2026.11.29 10:23:12 LOG4[1]: Rejected by CERT at depth=0: CN=out.sessions",
    "refusal | out.sessions | 127.0.0.2 | the certificate is not accepted",
  ],
  [
    "2026.11.29 10:23:12 LOG3[1]: SSL_accept: ../ssl/statem/statem_srvr.c:3530: error:0A000086:SSL routines::certificate verify failed",
    "refusal |  | 127.0.0.2 | TLS handshake refused: certificate verify failed",
  ],
  [
    "2026.11.29 10:23:13 LOG4[2]: Rejected by CERT at depth=0: CN=Jane Doe",
    "refusal | (left out) | 127.0.0.3 | the certificate is not accepted",
  ],
  // The near end of an app host: its socket, and its port as a service of its own.
  ["2026.11.29 10:23:14 LOG5[1]: Service [redis] accepted connection from unnamed socket", "-"],
  [
    "2026.11.29 10:23:14 LOG4[1]: Rejected by CERT at depth=0: CN=other.sessions",
    "refusal | other.sessions | unix | the certificate is not accepted",
  ],
  ["2026.11.29 10:23:14 LOG5[2]: Service [redis-2] accepted connection from 127.0.0.1:57140", "-"],
  [
    "2026.11.29 10:23:14 LOG4[2]: Rejected by CERT at depth=0: CN=other.sessions",
    "refusal | other.sessions | 127.0.0.1 | the certificate is not accepted",
  ],
  [
    "2026.11.29 10:23:13 LOG3[3]: SSL_accept: ../ssl/statem/statem_srvr.c:1664: error:0A000102:SSL routines::unsupported protocol",
    "refusal |  |  | TLS handshake refused: unsupported protocol",
  ],
  ["2026.11.29 10:23:14 LOG5[ui]: Terminated", "-"],
  ["2026.11.30 02:48:15 LOG5[4]: Service [redis] accepted connection from 127.0.0.4:44324", "-"],
  [
    "2026.11.30 02:48:15 LOG3[4]: SSL_accept: final_key_share@../ssl/statem/extensions.c:1411: error:0A000065:SSL routines::no suitable key share",
    "refusal |  | 127.0.0.4 | TLS handshake refused: no suitable key share",
  ],
];

const agent: readonly (readonly [line: string, told: string])[] = [
  [
    "hipaa-redis: alarm: The firewall in force was not the one that was laid down: it is laid again.",
    "failure | agent |  | alarm: The firewall in force was not the one that was laid down: it is laid again.",
  ],
  [
    "hipaa-redis: 3 wrong passwords were refused since the last look, 7 since Redis began to count.",
    "refusal |  |  | Redis refused 3 wrong passwords since the agent's last look",
  ],
  ["hipaa-redis: installed redis-server 5:7.0.15-1~deb12u5", "-"],
];

const units: readonly (readonly [line: string, told: string])[] = [
  [
    "hipaa-redis-server.service: Failed with result 'exit-code'.",
    "failure | hipaa-redis-server.service |  | failed: exit-code",
  ],
  ["Started hipaa-redis-server.service - HIPAA Redis: Redis.", "-"],
];

describe("what the lines of a host's journals say", () => {
  for (const [source, table, reader] of [
    ["sshd", sshd, () => sshdSaid],
    ["sudo", sudo, () => sudoSaid],
    ["HAProxy", haproxy, tunnelReader],
    ["stunnel", stunnel, tunnelReader],
    ["the agent", agent, () => agentSaid],
    ["systemd", units, () => unitSaid],
  ] as const) {
    it(`is told of ${source}, line by line`, () => {
      const said = reader();
      assert.deepEqual(
        table.map(([line]) => `${line} => ${row(said(line))}`),
        table.map(([line, told]) => `${line} => ${told}`),
      );
    });
  }
});
