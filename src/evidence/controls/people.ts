import { counted } from "../../plan/counted";
import { hostPaths } from "../../host/hostPaths";
import { unitNames } from "../../host/units";
import { sshFingerprint } from "../../arguments/sshPublicKey";
import { passwordLength } from "../../plan/passwords";
import { sshPort } from "../../plan/ports";
import { byPerson, inAws, literally, onHost, type Check } from "../check";
import type { Control, Subject } from "../control";
import { sshdChecks } from "../sshdChecks";

const nobodySignsIn = `There are no operators: nobody has an account, and nothing listens on port ${sshPort}.`;

/** What holds of operators, or that there are none. */
function ofOperators(statements: (subject: Subject) => readonly string[]): Control["how"] {
  return (subject) => (subject.plan.operators.length === 0 ? [nobodySignsIn] : statements(subject));
}

function checksOfOperators(checks: (subject: Subject) => readonly Check[]): Control["checks"] {
  return (subject) => (subject.plan.operators.length === 0 ? [sshMasked] : checks(subject));
}

const sshMasked = onHost(["cache"], "sshd can't be started", "systemctl is-enabled ssh.service || true", "^masked$");

/** What sshd makes of all of its files. */
function sshd(shows: string, keyword: string, value: string): Check {
  return onHost(["cache"], shows, `sshd -T | grep '^${keyword} '`, `^${keyword} ${value}$`);
}

const operators: Control = {
  id: "operators",
  title: "Individual accounts for people",
  hipaa: ["164.312(a)(2)(i)", "164.312(d)", "164.312(a)(1)"],
  article: ["access", "persons", "sign-in"],
  nist: ["IA-2", "IA-4", "AC-17"],
  proposed: ["proposed 164.312(a)(2)(i)", "proposed 164.312(a)(2)(ii)"],
  demand: "Access to the host is by SSH key only, and each person signs in with their own auditable credentials.",
  owners: ["component", "organisation"],
  how: ofOperators(({ plan }) => [
    `${counted(plan.operators.length, "account")}: ${plan.operators.map(({ name }) => name).join(", ")}, each with one SSH key, to which they can't add another without root (\`configuration-drift\`). Nobody else: no default account, no root; no password, no forwarding. The accounts are for administration only: what else they are used for, and who else has a key, no check can see.`,
  ]),
  checks: checksOfOperators(({ plan }) => [
    onHost(
      ["cache"],
      "operators alone may sign in",
      "sshd -T | grep '^allowusers ' | sort | paste --serial --delimiters=' '",
      `^${plan.operators
        .map(({ name }) => `allowusers ${name}`)
        .sort()
        .join(" ")}$`,
    ),
    sshd("only by key", "authenticationmethods", "publickey"),
    sshd("no password is taken", "passwordauthentication", "no"),
    sshd("root may not sign in", "permitrootlogin", "no"),
    sshd("each operator's keys are in one file, of root's", "authorizedkeysfile", `${hostPaths.operatorKeys}/%u`),
    ...sshdChecks(plan),
    onHost(
      ["cache"],
      "sshd was started with its files alone",
      // It writes its arguments into its title.
      `tr '\\0' ' ' <"/proc/$(systemctl show --property=MainPID --value ssh.service)/cmdline"`,
      String.raw`^sshd: /usr/sbin/sshd -D \[listener\]`,
    ),
    ...plan.operators.map(({ name, sshPublicKey }) =>
      onHost(
        ["cache"],
        `${name} has the one key that is named, and no other`,
        `ssh-keygen -l -E sha256 -f ${hostPaths.operatorKeys}/${name} | cut --delimiter=' ' --fields=2 | paste --serial --delimiters=' '`,
        `^${literally(sshFingerprint(sshPublicKey))}$`,
      ),
    ),
    onHost(
      ["cache"],
      "nobody but operators and root may become root",
      // sudo's own reading of its files, with what they include.
      "cvtsudoers --expand-aliases --suppress=defaults --output-format=sudoers /etc/sudoers | awk 'NF { print $1 }' | sort --unique | paste --serial --delimiters=' '; getent group sudo; awk -F: '$3 == 0 { print $1 }' /etc/passwd",
      `^%sudo (${["root", ...plan.operators.map(({ name }) => name)].sort().join(" ")})\\nsudo:[^:]*:[0-9]+:\\nroot$(?!\\n)`,
    ),
    onHost(
      ["cache"],
      "no account has a password",
      "awk -F: '$2 !~ /^[!*]/ { count++ } END { print count + 0 }' /etc/shadow",
      "^0$",
    ),
  ]),
  risk: {
    remains:
      "An SSH key is one factor: whoever copies a private key gets in from a bastion host. Checks read sshd's files; one that was started before they changed goes by what they were then.",
    mitigation:
      "A second factor at the bastion (`multi-factor`), and a new key for the operator (this replaces the node).",
  },
};

const automaticLogoff: Control = {
  id: "automatic-logoff",
  title: "Automatic logoff",
  hipaa: ["164.312(a)(2)(iii)"],
  article: [],
  nist: ["AC-12", "AC-2(5)"],
  proposed: ["proposed 164.312(a)(2)(iv)"],
  demand: "An operator's session ends after a time of inactivity.",
  owners: ["component"],
  how: ofOperators(({ plan }) => [
    `The host and sshd end a session after ${counted(plan.operatorIdleLogoffMinutes, "minute")} in which nothing is typed or nothing passes.`,
  ]),
  checks: checksOfOperators(({ plan }) => [
    sshd("sshd ends a silent session", "channeltimeout", `session:\\*=${plan.operatorIdleLogoffMinutes}m`),
    onHost(
      ["cache"],
      "the host ends a session in which nothing is typed",
      `tr '\\0' ' ' <"/proc/$(systemctl show --property=MainPID --value ${unitNames.idle})/cmdline"`,
      `^/bin/sh ${hostPaths.scriptsFolder}/end-idle ${plan.operatorIdleLogoffMinutes} $`,
    ),
    onHost(
      ["cache"],
      "logind knows of every session",
      "grep --count --extended-regexp '^session.*pam_systemd[.]so' /etc/pam.d/common-session",
      "^[1-9]",
    ),
  ]),
  risk: {
    remains: "Until then, anybody can use a terminal that its operator has left.",
    mitigation: "A screen lock on operators' workstations (45 CFR 164.310(b), workstation use).",
  },
};

const operatorAudit: Control = {
  id: "operator-audit",
  title: "Operators' actions are recorded",
  hipaa: ["164.312(b)"],
  article: ["persons"],
  nist: ["AU-2", "AU-3", "AU-12"],
  proposed: ["proposed 164.312(d)"],
  demand: "Who signed in, with which key, and what they ran as root can be examined later.",
  owners: ["component", "organisation"],
  how: ofOperators(() => [
    "sshd records the operator and the key; sudo records the operator, the command and what the command runs in turn. The journal keeps this on disk through restarts of the node, in 1 GiB that neither the tunnel nor Redis writes to (`configuration-drift`). It records no output, which could be PHI.",
  ]),
  checks: (subject) => [
    onHost(
      ["cache"],
      "the journal is on disk",
      // What journald writes to now, whatever lies there of times before.
      `find "/proc/$(systemctl show --property=MainPID --value systemd-journald.service)/fd" -lname "/var/log/journal/$(cat /etc/machine-id)/system.journal"`,
      String.raw`^/proc/\d+/fd/\d+$`,
    ),
    onHost(
      ["cache"],
      "the journal has its gigabyte, and keeps whatever fits into it",
      "systemd-analyze cat-config systemd/journald.conf | grep --extended-regexp '^(Storage|SystemMax[A-Za-z]*|MaxRetentionSec|MaxLevelStore)=' | paste --serial --delimiters=' '",
      "^Storage=persistent SystemMaxUse=1G$",
    ),
    ...checksOfOperators(() => [
      sshd("sshd names the key", "loglevel", "VERBOSE"),
      ...subject.plan.operators.map(({ name }) =>
        onHost(
          ["cache"],
          `sudo records the commands of ${name}, what these run in turn, and no output`,
          // With spaces, lines end anywhere. Of what is set twice both are listed, of what no file sets neither.
          `sudo --list --other-user=${name} | tr --delete '[:space:]' | grep --only-matching --extended-regexp '!?(log_[a-z]+|syslog|intercept_type=[a-z]+)' | paste --serial --delimiters=' '`,
          "^log_subcmds intercept_type=trace !log_input !log_output$",
        ),
      ),
    ])(subject),
  ],
  risk: {
    remains:
      "The journal begins with the node, and root on the node could change it. root can also have systemd run what sudo then doesn't see (`systemd-run`: the journal has only its command line). Attempts to sign in from the bastion hosts' networks fill it too.",
    mitigation:
      "Send it elsewhere, and keep it for as long as the organisation has decided for its logs. Six years are a choice: 45 CFR 164.316(b)(2)(i) asks for them of required documentation.",
  },
};

const logInAttempts: Control = {
  id: "log-in-attempts",
  title: "Guessing is impractical",
  hipaa: [],
  article: [],
  nist: ["AC-7"],
  proposed: ["proposed 164.312(a)(2)(v)"],
  demand: "Access is suspended after a number of unsuccessful attempts (the rule proposed in 2025).",
  owners: ["component"],
  notApplicable:
    "Nothing here can be guessed: people have keys (`operators`), applications have a certificate (`mutual-authentication`) and 64 characters, which this library draws at random. Suspending an account after wrong attempts would let a stranger lock an application out. sshd ends a connection after three attempts, and the node counts in its journal the wrong passwords that Redis refuses (`configuration-drift`).",
  how: () => [],
  checks: (subject) => [
    onHost(
      ["client"],
      `the application's password has ${passwordLength} letters and digits`,
      `grep --count --line-regexp --extended-regexp '[A-Za-z0-9]{${passwordLength}}' ${hostPaths.password}`,
      "^1$",
    ),
    ...checksOfOperators(() => [sshd("sshd ends a connection after three attempts", "maxauthtries", "3")])(subject),
  ],
  risk: {
    remains:
      "Repeated attempts show only in the journal. The proposed rule has no exception for what can't be guessed: should it become final as it is, this would be a gap.",
    mitigation: "Watch the journal for `wrong passwords were refused`.",
  },
};

const emergencyAccess: Control = {
  id: "emergency-access",
  title: "Emergency access",
  hipaa: ["164.312(a)(2)(ii)"],
  article: [],
  nist: [],
  proposed: ["proposed 164.312(a)(2)(iii)"],
  demand: "There is a procedure for obtaining the necessary PHI in an emergency.",
  owners: ["organisation", "component"],
  how: ({ plan }) => [
    "The cache is for copies. What an emergency needs is in the system that they were made from, which applications ask when the cache is away: that they do, somebody attests (`contingency-plan`).",
    `For the hosts: an operator whose key is in a safe (operators now: ${plan.operators.map(({ name }) => name).join(", ") || "none"}), or a deployment that names a new one (docs/hardening.md, "Emergency access").`,
  ],
  checks: () => [
    byPerson("the organisation's emergency procedure names the system of record and who may deploy"),
    inAws(
      "EC2's serial console, which asks for no SSH key, is shut in this account and region",
      "aws ec2 get-serial-console-access-status --query SerialConsoleAccessEnabled --output text",
      "^False$",
    ),
  ],
  risk: {
    remains:
      "A key in a safe may not work if nobody has tried it. Whoever may change the account's settings can open the serial console.",
    mitigation: "Try it once a year, and look at its line in the journal.",
  },
};

const multiFactor: Control = {
  id: "multi-factor",
  title: "Multi-factor authentication",
  hipaa: ["164.312(d)"],
  article: [],
  nist: ["IA-2(1)", "IA-2(2)"],
  proposed: ["proposed 164.312(f)", "proposed 164.312(f)(2)(ii)"],
  demand: "People prove who they are by more than one factor (the rule proposed in 2025 would require it).",
  owners: ["organisation"],
  how: ({ plan }) => [
    plan.operators.length === 0
      ? nobodySignsIn
      : "The node asks for an SSH key (`operators`), which is one factor. The bastion host or its VPN has to ask for the second.",
    "AWS's console and API, where the cache is deployed from, ask for the factors that the organisation's IAM demands. Neither is seen by a check: somebody attests it.",
  ],
  checks: () => [byPerson("bastion hosts, VPN and AWS accounts ask for a second factor")],
  risk: {
    remains: "Whoever has an operator's key and a foothold on a bastion host gets in.",
    mitigation: "Hardware-backed keys and a second factor at the bastion.",
  },
};

export const peopleControls: readonly Control[] = [
  operators,
  automaticLogoff,
  operatorAudit,
  logInAttempts,
  emergencyAccess,
  multiFactor,
];
