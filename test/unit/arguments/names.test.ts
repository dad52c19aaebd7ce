import assert from "node:assert/strict";
import { nameProblems, type nameRules } from "../../../src/arguments/names.js";
import { lines } from "./lines.js";

const label =
  "Give 1 to 30 lower-case letters, digits and hyphens, with a letter first and no hyphen last (it becomes a DNS label).";
const unixUser =
  "Give a Unix user name (useradd(8)): 1 to 31 lower-case letters, digits, _ and -, with a letter first (Debian's own may begin with _).";
const a = (count: number): string => "a".repeat(count);

interface Kind {
  readonly kind: keyof typeof nameRules;
  readonly sound: readonly string[];
  readonly bad: readonly unknown[];
  readonly allowed: string;
}

const labels = ["a", "ab", "a1", "a-b", "a--b", "z9", a(30), `${a(28)}-b`];
const badLabels = ["", "A", "Web", "1a", "-a", "a-", "a_b", "a.b", "a b", "a\n", "\na", "é", a(31), `${a(29)}-`];
const kinds: readonly Kind[] = [
  {
    kind: "component",
    sound: [...labels, "sg", "sgx-1"],
    bad: [...badLabels, "sg-1", "sg-sessions", undefined, null, 5, ["a"]],
    allowed: `${label} It can't begin with sg-: EC2 refuses a security group of such a name.`,
  },
  { kind: "client", sound: [...labels, "sg-1"], bad: [...badLabels, undefined, null, 5, ["a"]], allowed: label },
  {
    kind: "user",
    sound: ["a", "a_", "ada", "ada-", "a_1-", "z9", a(31)],
    bad: [
      "",
      "Ada",
      "1a",
      "-a",
      "_",
      "_a",
      "_chrony",
      "_apt",
      "_ssh",
      "ada.l",
      "ada l",
      "ada\n",
      "\nada",
      "ada:",
      a(32),
      undefined,
      5,
    ],
    allowed: unixUser,
  },
  {
    kind: "availabilityZone",
    sound: [
      "us-east-1a",
      "eu-central-1b",
      "us-gov-west-1a",
      "us-west-2-lax-1a",
      "us-east-1-wl1-bos-wlz-1",
      "eusc-de-east-1a",
    ],
    bad: [
      "",
      "useast1a",
      "u-east-1a",
      "US-east-1a",
      "us-east-",
      "us--1a",
      "us-east-1a ",
      "us-1A",
      "1us-a",
      "us-east-1",
      "use1-az1",
      5,
    ],
    allowed: 'Give the name of an Availability Zone, such as "us-east-1a".',
  },
  {
    kind: "instanceType",
    sound: ["m6i.large", "t3.micro", "u-6tb1.metal", "m7i.metal-24xl", "a.1"],
    bad: ["", "m6i", "m6i.", ".large", "6i.large", "M6i.large", "m6i.large ", " m6i.large", "m6i.la.rge", 5],
    allowed: 'Give an EC2 instance type, such as "m6i.large".',
  },
];

describe("names", () => {
  for (const { kind, sound, bad, allowed } of kinds) {
    it(`of kind ${kind} may be ${sound.join(", ")}`, () => {
      for (const name of sound) assert.deepEqual(nameProblems(kind, "path", name), [], name);
    });

    it(`of kind ${kind} may be nothing else`, () => {
      for (const name of bad) {
        const [problem, ...more] = nameProblems(kind, "path", name);
        assert.deepEqual([problem?.path, problem?.allowed, more], ["path", allowed, []], String(name));
      }
    });
  }

  it("say what was got", () => {
    assert.deepEqual(lines(nameProblems("client", "clients[1]", "We b")), [`clients[1]: got "We b". ${label}`]);
  });

  const accounts: Readonly<Record<string, string>> = {
    // Debian 12's /etc/passwd and /etc/group.
    "Debian's own":
      "root daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc nobody adm tty disk kmem dialout fax voice " +
      "cdrom floppy tape sudo audio dip operator src shadow utmp video sasl plugdev staff users nogroup",
    "of systemd": "systemd-network systemd-resolve systemd-timesync systemd-journal systemd-oom systemd-any",
    "of D-Bus, udev, cron or polkit": "messagebus input sgx kvm render netdev crontab polkitd",
    "of a way to sign in": "sshd ssl-cert ssm-user",
    "of a cloud image": "admin debian ubuntu ec2-user wheel",
    "of this library, or of a package that it installs": "redis stunnel4 haproxy hipaa-redis",
    "of a package whose group hands out root": "docker lxd libvirt",
    "of a web server's or proxy's package": "nginx apache varnish",
    "of a database's package": "postgres mysql mongodb memcache",
    "of a queue's or coordinator's package": "rabbitmq etcd",
    "of a monitoring agent's package": "cwagent prometheus",
    "of a mail server's package": "postfix dovecot",
    "of a name server's or network service's package": "bind dnsmasq openvpn",
    "of another package of Debian's": "tcpdump lpadmin uuidd",
  };
  for (const [owner, names] of Object.entries(accounts)) {
    it(`of users may not be those of accounts and groups ${owner}`, () => {
      for (const name of names.split(" ")) {
        assert.deepEqual(lines(nameProblems("user", "appUser", name)), [
          `appUser: got "${name}". It is a system account or group, ${owner}: choose a name of your own.`,
        ]);
        // The control case: nearly the same, which is nobody's.
        assert.deepEqual(nameProblems("user", "appUser", `my-${name}`), []);
        // Names of other kinds reach no account.
        assert.deepEqual(nameProblems("client", "clients[0]", name), []);
      }
    });
  }

  it("of users may be those of applications that use Redis themselves", () => {
    for (const name of ["gitlab", "grafana", "tomcat", "jenkins", "app", "core", "git"])
      assert.deepEqual(nameProblems("user", "appUser", name), []);
  });

  it("of clients may not be Redis's default user", () => {
    assert.deepEqual(lines(nameProblems("client", "clients[0]", "default")), [
      `clients[0]: got "default". It is Redis's own user for connections that name none: choose another name.`,
    ]);
    for (const kind of ["user", "component"] as const) {
      assert.deepEqual(nameProblems(kind, "name", "default"), []);
    }
  });
});
