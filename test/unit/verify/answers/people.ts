import { ended, type Answers } from "./answer.js";

export const peopleAnswers: Answers = {
  operators: [
    ["operators alone may sign in", "allowusers ada", "allowusers ada allowusers eve", "allowusers eve"],
    ["only by key", "authenticationmethods publickey", "authenticationmethods any"],
    ["no password is taken", "passwordauthentication no", "passwordauthentication yes"],
    ["root may not sign in", "permitrootlogin no", "permitrootlogin without-password"],
    [
      "each operator's keys are in one file",
      "authorizedkeysfile .ssh/authorized_keys",
      "authorizedkeysfile .ssh/authorized_keys .ssh/authorized_keys2",
      "authorizedkeysfile xssh/authorized_keys",
    ],
    [
      "ada has the one key that is named, and no other",
      "SHA256:<fingerprint of the key of ada>",
      "SHA256:<fingerprint of the key of ada> SHA256:of-eve",
      "SHA256:of-eve",
    ],
    [
      "nobody but operators and root may become root",
      "%sudo ada root\nsudo:x:27:",
      "%sudo ada root\nsudo:x:27:eve",
      "%sudo ada eve root\nsudo:x:27:",
      "%sudo root\nsudo:x:27:",
      "%admin %sudo ada root\nsudo:x:27:",
    ],
    ["no account has a password", "0", "1"],
  ],
  "automatic-logoff": [
    [
      "sshd ends a silent session",
      "channeltimeout session:*=15m",
      "channeltimeout session:*=0",
      "channeltimeout none",
    ],
    [
      "logind ends a session in which nothing is typed",
      "t 900000000",
      "t 18446744073709551615",
      "t 9000000000",
    ],
  ],
  "operator-audit": [
    ["the journal is on disk", "/var/log/journal/0/system.journal", "/var/log/journal/0/system.journal~"],
    ["sshd names the key", "loglevel VERBOSE", "loglevel INFO"],
    ["sudo records what the commands of ada run in turn", "log_subcmds", "!log_subcmds", ended(1)],
  ],
  "log-in-attempts": [
    ["sshd ends a connection after three attempts", "maxauthtries 3", "maxauthtries 6", "maxauthtries 30"],
  ],
  "emergency-access": [
    [
      "EC2's serial console, which asks for no SSH key, is shut in this account and region",
      "False",
      "True",
      "None",
    ],
  ],
};
