import { ended, type Answers } from "./answer.js";

/** As sshd prints it, line by line. */
const doors = [
  "authorizedkeyscommand none",
  "authorizedkeyscommanduser none",
  "authorizedprincipalscommand none",
  "authorizedprincipalscommanduser none",
  "authorizedprincipalsfile none",
  "disableforwarding yes",
  "forcecommand none",
  "gatewayports no",
  "gssapiauthentication no",
  "hostbasedauthentication no",
  "ignorerhosts yes",
  "kbdinteractiveauthentication no",
  "kerberosauthentication no",
  "permitemptypasswords no",
  "permittunnel no",
  "permituserenvironment no",
  "permituserrc no",
  "port 22",
  "pubkeyauthentication yes",
  "securitykeyprovider internal",
  "strictmodes yes",
  "trustedusercakeys none",
  "usepam yes",
].join(",");

const sudo = "log_subcmds intercept_type=trace !log_input !log_output";

export const peopleAnswers: Answers = {
  operators: [
    ["operators alone may sign in", "allowusers ada", "allowusers ada allowusers eve", "allowusers eve"],
    ["only by key", "authenticationmethods publickey", "authenticationmethods any"],
    ["no password is taken", "passwordauthentication no", "passwordauthentication yes"],
    ["root may not sign in", "permitrootlogin no", "permitrootlogin without-password"],
    [
      "each operator's keys are in one file, of root's",
      "authorizedkeysfile /etc/ssh/operators/%u",
      "authorizedkeysfile /etc/ssh/operators/%u .ssh/authorized_keys2",
      "authorizedkeysfile .ssh/authorized_keys",
    ],
    [
      "sshd has no other way in for an operator than their key",
      doors,
      doors.replace("trustedusercakeys none", "trustedusercakeys /etc/ssh/authority.pub"),
      doors.replace("trustedusercakeys none", "trustedusercakeys /x,trustedusercakeys none"),
      doors.replace("authorizedkeyscommand none", "authorizedkeyscommand /bin/true"),
      doors.replace("hostbasedauthentication no", "hostbasedauthentication yes"),
      "",
    ],
    [
      "sshd is the same for everybody: none of its files has a Match block",
      "read, 0 blocks",
      "read, 1 blocks",
      "not read, 0 blocks",
    ],
    [
      "sshd was started with its files alone",
      "sshd: /usr/sbin/sshd -D [listener] 0 of 10-20 startups ",
      "sshd: /usr/sbin/sshd -D -o PermitRootLogin=yes [listener] 0 of 10-20 startups ",
      "sshd: /usr/sbin/sshd -D -f /etc/ssh/other [listener] 0 of 10-20 startups ",
      "",
    ],
    [
      "ada has the one key that is named, and no other",
      "SHA256:<fingerprint of the key of ada>",
      "SHA256:<fingerprint of the key of ada> SHA256:of-eve",
      "SHA256:of-eve",
    ],
    [
      "nobody but operators and root may become root",
      "%sudo ada root\nsudo:x:27:\nroot",
      "%sudo ada root\nsudo:x:27:\nroot\ntoor",
      "%sudo ada root\nsudo:x:27:\n",
      "%sudo ada root\nsudo:x:27:eve\nroot",
      "%sudo ada eve root\nsudo:x:27:\nroot",
      "%sudo root\nsudo:x:27:\nroot",
      "%admin %sudo ada root\nsudo:x:27:\nroot",
    ],
    ["no account has a password", "0", "1"],
  ],
  "automatic-logoff": [
    ["sshd ends a silent session", "channeltimeout session:*=15m", "channeltimeout session:*=0", "channeltimeout none"],
    [
      "the host ends a session in which nothing is typed",
      "/bin/sh /usr/local/lib/hipaa-redis/end-idle 15 ",
      "/bin/sh /usr/local/lib/hipaa-redis/end-idle 150 ",
      "/bin/sh /usr/local/lib/hipaa-redis/end-idle 5 15 ",
      "",
    ],
    ["logind knows of every session", "1", "0", ended(1, "0")],
  ],
  "operator-audit": [
    ["the journal is on disk", "/proc/30/fd/17", ""],
    [
      "the journal has its gigabyte, and keeps whatever fits into it",
      "Storage=persistent SystemMaxUse=1G",
      "Storage=persistent SystemMaxUse=1G Storage=volatile",
      "Storage=persistent SystemMaxUse=1G MaxRetentionSec=1day",
      "Storage=auto",
      "",
    ],
    ["sshd names the key", "loglevel VERBOSE", "loglevel INFO"],
    [
      "sudo records the commands of ada, what these run in turn, and no output",
      sudo,
      sudo.replace("log_subcmds", "!log_subcmds"),
      `${sudo} !log_subcmds`,
      `${sudo} !syslog`,
      `${sudo} log_output`,
      sudo.replace("trace", "dso"),
      "",
    ],
  ],
  "log-in-attempts": [
    ["the application's password has 64 letters and digits", "1", "0", ended(1, "0"), "2"],
    ["sshd ends a connection after three attempts", "maxauthtries 3", "maxauthtries 6", "maxauthtries 30"],
  ],
  "emergency-access": [
    ["EC2's serial console, which asks for no SSH key, is shut in this account and region", "False", "True", "None"],
  ],
};
