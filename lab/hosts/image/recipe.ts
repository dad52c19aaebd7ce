import { releases, type OperatingSystem } from "../../../src/plan/operatingSystem.js";

/** What a base image is made of: in essence what Debian's own image for EC2 holds before user data runs. */
export const imagePackages = [
  ..."adduser apt ca-certificates cloud-init curl dbus gpgv iproute2 kmod less libnss-resolve libpam-systemd".split(
    " ",
  ),
  ..."locales logrotate netbase openssh-server procps sudo systemd systemd-resolved systemd-sysv udev".split(" "),
  "unattended-upgrades",
  "chrony",
] as const;

/** A release's suites, by the archive that has them. */
export function suitesOf(operatingSystem: OperatingSystem): Readonly<Record<Archive, readonly string[]>> {
  const { codename } = releases[operatingSystem];
  return {
    debian: [codename, `${codename}-updates`, `${codename}-backports`],
    "debian-security": [`${codename}-security`],
  };
}

type Archive = "debian" | "debian-security";

/** Where packages of the image and of the mirror come from. */
export function debianSources(operatingSystem: OperatingSystem): string[] {
  const { codename } = releases[operatingSystem];
  return [
    `deb http://deb.debian.org/debian ${codename} main`,
    `deb http://deb.debian.org/debian ${codename}-updates main`,
    `deb http://deb.debian.org/debian-security ${codename}-security main`,
  ];
}

/**
 * All mirrors are of the same moment: apt keeps the list that it has from an image's own mirror where the one that it is
 * offered is older, whatever is in it.
 */
export const mirrorDate = "Sat, 01 Jan 2022 00:00:00 UTC";

/** Names under which the lab's internet serves its mirror, the same that Debian's real mirrors have. */
export const debianHostNames = ["deb.debian.org", "security.debian.org", "cdn-aws.deb.debian.org"] as const;

const cloudConfig = `\
# As in Debian's image for EC2.
manage_etc_hosts: true
locale: C.UTF-8
system_info:
  default_user:
    name: admin
    lock_passwd: true
    gecos: Debian
    groups: [adm, audio, cdrom, dialout, dip, floppy, plugdev, sudo, video]
    sudo: ["ALL=(ALL) NOPASSWD:ALL"]
    shell: /bin/bash
# cloud-init's Ec2 source takes a container for no cloud at all, so the lab hands the user data in as a seed.
datasource_list: [ NoCloud ]
# The lab has set up the interface already.
network: {config: disabled}
`;

function aptSources(operatingSystem: OperatingSystem): string {
  const suites = suitesOf(operatingSystem);
  return `\
Types: deb deb-src
URIs: mirror+file:///etc/apt/mirrors/debian.list
Suites: ${suites.debian.join(" ")}
Components: main

Types: deb deb-src
URIs: mirror+file:///etc/apt/mirrors/debian-security.list
Suites: ${suites["debian-security"].join(" ")}
Components: main
`;
}

// A container shares its kernel with the machine: settings of its network are its own and take effect, all others
// belong to the machine and are left alone.
const kernelSettings = `\
[Unit]
ConditionPathIsReadWrite=
[Service]
ExecStart=
ExecStart=/lib/systemd/systemd-sysctl --prefix=/net
`;

// The machine's clock is not a container's to set: chrony follows its servers as on EC2, and leaves the clock alone.
const timeOfMachine = `\
[Unit]
ConditionCapability=
[Service]
ExecStart=
ExecStart=!/usr/sbin/chronyd -x $DAEMON_OPTS
`;

/** Lists of mirrors that apt's sources name, and the archive that each leads to. */
export const mirrorLists: Readonly<Record<string, Archive>> = {
  "etc/apt/mirrors/debian.list": "debian",
  "etc/apt/mirrors/debian-security.list": "debian-security",
};

/** Files that the image gets beside its packages, as in Debian's image for EC2 except where a comment says why. */
export function imageFiles(operatingSystem: OperatingSystem): Readonly<Record<string, string>> {
  return { ...filesOfEach, "etc/apt/sources.list.d/debian.sources": aptSources(operatingSystem) };
}

const filesOfEach: Readonly<Record<string, string>> = {
  "etc/cloud/cloud.cfg.d/01_debian_cloud.cfg": cloudConfig,
  "etc/apt/sources.list": "# See /etc/apt/sources.list.d/debian.sources\n",
  ...Object.fromEntries(
    Object.entries(mirrorLists).map(([path, archive]) => [path, `https://cdn-aws.deb.debian.org/${archive}\n`]),
  ),
  "etc/systemd/system/systemd-sysctl.service.d/lab.conf": kernelSettings,
  "etc/chrony/chrony.conf": "server 169.254.169.123 prefer iburst minpoll 4 maxpoll 4\n",
  "etc/systemd/system/chrony.service.d/lab.conf": timeOfMachine,
  // On EC2 networkd tells it, as DHCP says.
  "etc/systemd/resolved.conf.d/lab.conf": "[Resolve]\nDNS=169.254.169.253\n",
  "etc/fstab": "# The lab mounts the root file system.\n",
};

/** Links that the image gets, and where each leads: as in Debian's image for EC2, programs ask systemd-resolved. */
export const imageLinks: Readonly<Record<string, string>> = {
  "etc/resolv.conf": "../run/systemd/resolve/stub-resolv.conf",
};
