import { added, edited, type HostMutation } from "./hostMutation.js";

const sshd = "/etc/ssh/sshd_config.d/05-mutation.conf";
const sudoers = "/etc/sudoers.d/99-mutation";
const logind = "/etc/systemd/logind.conf.d/99-mutation.conf";
const keys = "/home/ada/.ssh/authorized_keys";

const newKey = "rm -f /run/mutated* && ssh-keygen -q -t ed25519 -N '' -C eve -f /run/mutated";

/** Who may sign in to a node, and what is known of them. */
export const nodePeopleMutations: readonly Omit<HostMutation, "on">[] = [
  { control: "operators", what: "take passwords for SSH", ...added(sshd, "PasswordAuthentication yes") },
  { control: "operators", what: "let root sign in", ...added(sshd, "PermitRootLogin yes") },
  { control: "operators", what: "let another account sign in", ...added(sshd, "AllowUsers nobody") },
  { control: "operators", what: "take other ways than keys", ...added(sshd, "AuthenticationMethods any") },
  {
    control: "operators",
    what: "look for keys elsewhere",
    ...added(sshd, "AuthorizedKeysFile .ssh/authorized_keys /etc/keys"),
  },
  {
    control: "operators",
    what: "add a key to an operator's",
    ...edited(keys, `${newKey} && cat /run/mutated.pub >>${keys}`),
  },
  {
    control: "operators",
    what: "give another account sudo",
    ...added(sudoers, "nobody ALL=(ALL) NOPASSWD: ALL"),
  },
  {
    control: "operators",
    what: "give root a password",
    ...edited("/etc/shadow", "usermod --password '$6$x$y' root"),
  },
  {
    control: "log-in-attempts",
    what: "let sshd take any number of attempts",
    ...added(sshd, "MaxAuthTries 1000"),
  },
  {
    control: "automatic-logoff",
    what: "let silent sessions stay",
    ...added(sshd, "ChannelTimeout session:*=12h"),
  },
  {
    control: "automatic-logoff",
    what: "let idle terminals stay",
    ...added(logind, "[Login]\nStopIdleSessionSec=infinity", "systemctl restart systemd-logind"),
  },
  { control: "operator-audit", what: "have sshd name no keys", ...added(sshd, "LogLevel QUIET") },
  {
    control: "operator-audit",
    what: "have sudo record no commands in turn",
    ...added(sudoers, "Defaults !log_subcmds"),
  },
];
