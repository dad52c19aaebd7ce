import type { Check } from "./check";
import { zonePattern } from "../plan/region";
import { quoted, type Problem } from "./problems";

interface NameRule {
  readonly pattern: RegExp;
  /** What may not be of that pattern. */
  readonly refused?: RegExp;
  readonly allowed: string;
}

/** A DNS label (RFC 1035, section 2.3.1) that leaves room for what is added to it. */
const label = "[a-z]([a-z0-9-]{0,28}[a-z0-9])?";
const giveLabel =
  "Give 1 to 30 lower-case letters, digits and hyphens, with a letter first and no hyphen last (it becomes a DNS label).";

function whole(pattern: string): RegExp {
  return new RegExp(`^${pattern}$`);
}

/** The kinds of name that reach a config file, a certificate or a resource name, and what each may be. */
export const nameRules = {
  component: {
    pattern: whole(label),
    refused: /^sg-/,
    allowed: `${giveLabel} It can't begin with sg-: EC2 refuses a security group of such a name.`,
  },
  client: {
    pattern: whole(label),
    allowed: giveLabel,
  },
  user: {
    pattern: /^[a-z][a-z0-9_-]{0,30}$/,
    allowed:
      "Give a Unix user name (useradd(8)): 1 to 31 lower-case letters, digits, _ and -, with a letter first (Debian's own may begin with _).",
  },
  securityGroup: {
    pattern: whole(label),
    allowed: "Give it a name of 1 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last.",
  },
  availabilityZone: {
    pattern: zonePattern,
    allowed: 'Give the name of an Availability Zone, such as "us-east-1a".',
  },
  instanceType: {
    pattern: /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/,
    allowed: 'Give an EC2 instance type, such as "m6i.large".',
  },
} as const satisfies Record<string, NameRule>;

/**
 * Accounts and groups that Debian, the packages or this library make: nobody may take them over, and an account that is made in the name of a group
 * is made with its rights (sysusers.d(5)), such as `disk`, which may read the whole disk.
 */
const systemNames = new Set(
  [
    // Debian 12's base-passwd, passwd.master and group.master.
    "root daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc nobody",
    "adm tty disk kmem dialout fax voice cdrom floppy tape sudo audio dip operator src shadow utmp video sasl plugdev staff users nogroup",
    // D-Bus, OpenSSH and udev of Debian 12.
    "messagebus sshd input sgx kvm render",
    // Packages that hosts often have (Debian's cron, polkitd, ssl-cert, tpm-udev, tcpdump, cups-daemon, dnsmasq-base, uuid-runtime): who has their
    // names may write others' timers, say who is an administrator, or read keys.
    "crontab polkitd ssl-cert tss tcpdump lpadmin dnsmasq uuidd",
    // Our own packages and what cloud images add.
    "redis stunnel4 haproxy admin debian ubuntu wheel netdev",
    // Groups by which others' packages hand out root (Debian's docker.io, podman, lxd, incus, libvirt, wireshark).
    "docker podman lxd incus incus-admin libvirt libvirt-qemu wireshark",
  ].flatMap((names) => names.split(" ")),
);

const systemPrefix = "systemd-";

/** What a cache's nodes and subnets are called: its name and a number. */
export const numberedName = whole(`${label}-\\d{1,3}`);

/** A name of one of these kinds. */
export function nameOf(kind: keyof typeof nameRules): Check {
  return (path, value) => nameProblems(kind, path, value);
}

/** The problem with one name, or none. */
export function nameProblems(kind: keyof typeof nameRules, path: string, value: unknown): Problem[] {
  const rule: NameRule = nameRules[kind];
  if (typeof value !== "string" || !rule.pattern.test(value) || rule.refused?.test(value) === true) {
    return [{ path, got: quoted(value), allowed: rule.allowed }];
  }
  if (kind === "user" && (systemNames.has(value) || value.startsWith(systemPrefix))) {
    return [{ path, got: quoted(value), allowed: "It is a system account or group: choose a name of your own." }];
  }
  if (kind === "client" && value === "default") {
    const allowed = "It is Redis's own user for connections that name none: choose another name.";
    return [{ path, got: quoted(value), allowed }];
  }
  return [];
}
