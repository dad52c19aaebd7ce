import { hostPaths } from "../../src/host/hostPaths.js";
import { unitNames } from "../../src/host/units.js";
import type { CheckName } from "./checkName.js";
import { added, edited, withOwner, type LastingChange } from "./hostChange.js";
import { node, type MutationThere } from "./hostMutation.js";

const keys = `${hostPaths.operatorKeys}/ada`;
const newKey = "rm -f /run/mutated* && ssh-keygen -q -t ed25519 -N '' -C eve -f /run/mutated";

/** A line of sshd's, in a file of its own before the library's: the first one counts. */
function sshd(line: string): LastingChange {
  return added(`/etc/ssh/sshd_config.d/05-${String(line.split(" ")[0])}.conf`, line);
}

/** In a file behind the library's: the last one counts. */
function sudoers(name: string, line: string): LastingChange {
  return added(`/etc/sudoers.d/99-${name}`, line);
}

function operators(shows: string): [CheckName] {
  return [node.check("operators", shows)];
}

const otherWay = "sshd has no other way in for an operator than their key";
const records = node.check("operator-audit", "sudo records the commands of ada, what these run in turn, and no output");
const keepsAll = node.check("operator-audit", "the journal has its gigabyte, and keeps whatever fits into it");
const block = "sshd is the same for everybody: none of its files has a Match block";

/** Who may sign in to a node, and what is known of them. */
export const nodePeopleMutations: readonly MutationThere[] = [
  {
    what: "take passwords for SSH",
    breaks: operators("no password is taken"),
    change: sshd("PasswordAuthentication yes"),
  },
  {
    what: "let root sign in",
    breaks: operators("root may not sign in"),
    change: sshd("PermitRootLogin yes"),
  },
  {
    what: "let another account sign in",
    breaks: operators("operators alone may sign in"),
    change: sshd("AllowUsers nobody"),
  },
  {
    what: "take other ways than keys",
    breaks: operators("only by key"),
    change: sshd("AuthenticationMethods any"),
  },
  {
    what: "let in whom an authority of somebody's certifies",
    breaks: operators(otherWay),
    change: sshd("TrustedUserCAKeys /etc/ssh/authority.pub"),
  },
  {
    what: "have a program name keys",
    breaks: operators(otherWay),
    change: added(
      "/etc/ssh/sshd_config.d/05-command.conf",
      "AuthorizedKeysCommand /bin/true\nAuthorizedKeysCommandUser nobody",
    ),
  },
  {
    what: "take passwords from one address",
    breaks: operators(block),
    change: sshd("Match Address 198.51.100.7\n  PasswordAuthentication yes"),
  },
  {
    what: "let an operator alone in by an authority of theirs",
    breaks: [...operators(otherWay), ...operators(block)],
    change: added(
      "/etc/ssh/sshd_config.d/05-operator.conf",
      "Match User ada\n  TrustedUserCAKeys /etc/ssh/authority.pub",
    ),
  },
  {
    what: "look for keys elsewhere",
    breaks: operators("each operator's keys are in one file, of root's"),
    change: sshd(`AuthorizedKeysFile ${hostPaths.operatorKeys}/%u /etc/keys`),
  },
  {
    what: "add a key to an operator's",
    breaks: operators("ada has the one key that is named, and no other"),
    change: edited(keys, `${newKey} && cat /run/mutated.pub >>${keys}`),
  },
  {
    what: "put another key in the place of an operator's",
    breaks: operators("ada has the one key that is named, and no other"),
    change: edited(keys, `${newKey} && cat /run/mutated.pub >${keys}`),
  },
  {
    what: "let an operator change their key",
    breaks: [node.owners],
    change: withOwner(hostPaths.operatorKeys, "ada", "root"),
  },
  {
    what: "start sshd with more than its files",
    breaks: operators("sshd was started with its files alone"),
    change: edited(
      "/etc/default/ssh",
      "echo 'SSHD_OPTS=\"-o PermitRootLogin=yes\"' >>/etc/default/ssh",
      "systemctl restart ssh.service",
    ),
    alone: "sshd would take up what others have laid beside its files, and keep it.",
  },
  {
    what: "give another account sudo",
    breaks: operators("nobody but operators and root may become root"),
    change: sudoers("nobody", "nobody ALL=(ALL) NOPASSWD: ALL"),
  },
  {
    what: "give another account sudo by a file elsewhere",
    breaks: operators("nobody but operators and root may become root"),
    change: {
      changes: "/etc/sudoers.d/99-include",
      does: "echo 'nobody ALL=(ALL) NOPASSWD: ALL' >/run/included-sudoers && echo '@include /run/included-sudoers' >/etc/sudoers.d/99-include",
      mends: "rm -f /run/included-sudoers /etc/sudoers.d/99-include",
    },
  },
  {
    what: "make another account root",
    breaks: operators("nobody but operators and root may become root"),
    change: edited("/etc/passwd", "echo 'toor:x:0:0::/:/usr/sbin/nologin' >>/etc/passwd"),
  },
  {
    what: "give root a password",
    breaks: operators("no account has a password"),
    change: edited("/etc/shadow", "usermod --password '$6$x$y' root"),
  },
  {
    what: "let sshd take any number of attempts",
    breaks: [node.check("log-in-attempts", "sshd ends a connection after three attempts")],
    change: sshd("MaxAuthTries 1000"),
  },
  {
    what: "let silent sessions stay",
    breaks: [node.check("automatic-logoff", "sshd ends a silent session")],
    change: sshd("ChannelTimeout session:*=12h"),
  },
  {
    what: "let idle terminals stay",
    breaks: [node.check("automatic-logoff", "the host ends a session in which nothing is typed")],
    change: {
      changes: "whether idle sessions end",
      does: `systemctl stop ${unitNames.idle}`,
      mends: `systemctl start ${unitNames.idle}`,
    },
  },
  {
    what: "have logind know of no session",
    breaks: [node.check("automatic-logoff", "logind knows of every session")],
    change: edited("/etc/pam.d/common-session", "sed -i '/pam_systemd/d' /etc/pam.d/common-session"),
  },
  {
    what: "keep the journal in memory from now on",
    breaks: [node.check("operator-audit", "the journal is on disk"), keepsAll],
    change: added(
      "/etc/systemd/journald.conf.d/99-mutation.conf",
      "[Journal]\nStorage=volatile",
      // Of Debian 13 one that was in memory stays there until it is told to go back.
      "systemctl restart systemd-journald.service && journalctl --flush",
    ),
  },
  {
    what: "forget after a day what the journal has",
    breaks: [keepsAll],
    change: added("/etc/systemd/journald.conf.d/99-short.conf", "[Journal]\nMaxRetentionSec=1day"),
  },
  {
    what: "have sshd name no keys",
    breaks: [node.check("operator-audit", "sshd names the key")],
    change: sshd("LogLevel QUIET"),
  },
  {
    what: "have sudo record no commands in turn",
    breaks: [records],
    change: sudoers("no-subcmds", "Defaults !log_subcmds"),
  },
  {
    what: "have sudo tell the journal nothing",
    breaks: [records],
    change: sudoers("no-syslog", "Defaults !syslog"),
  },
  {
    what: "have sudo record what commands print",
    breaks: [records],
    change: sudoers("output", "Defaults log_output"),
  },
];
