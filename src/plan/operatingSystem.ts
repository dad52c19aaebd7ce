/** What hosts can run, by the names that Debian's images for EC2 begin with. */
export const operatingSystems = ["debian-13", "debian-12"] as const;

/** What a host runs: `debian-13` or `debian-12`. */
export type OperatingSystem = (typeof operatingSystems)[number];

/** What caches and clients get that name none. */
export const defaultOperatingSystem: OperatingSystem = "debian-13";

/** What differs between the releases of Debian, as far as it matters here. */
export interface Release {
  /** As people call it. */
  readonly title: string;
  /** As apt's sources do, and /etc/os-release (VERSION_CODENAME). */
  readonly codename: string;
  /** Whether its OpenSSL, 3.5 or later, has the hybrid key exchange X25519MLKEM768. */
  readonly hasHybridKeyExchange: boolean;
  /** Whether its cloud-init, 24.1 or later, takes `--file` behind its subcommand, where earlier ones take it before. */
  readonly takesFileOfSubcommand: boolean;
  /** What its systemd, 256 or later, makes for sshd beside the network (systemd-ssh-generator(8)). */
  readonly localSshSockets: readonly string[];
  /** Whether its sshd, 9.8 or later, refuses addresses from which sign-ins have failed (sshd_config(5), PerSourcePenalties). */
  readonly penalisesSources: boolean;
}

export const releases: Readonly<Record<OperatingSystem, Release>> = {
  "debian-13": {
    title: "Debian 13",
    codename: "trixie",
    hasHybridKeyExchange: true,
    takesFileOfSubcommand: true,
    localSshSockets: ["sshd-unix-local.socket", "sshd-vsock.socket"],
    penalisesSources: true,
  },
  "debian-12": {
    title: "Debian 12",
    codename: "bookworm",
    hasHybridKeyExchange: false,
    takesFileOfSubcommand: false,
    localSshSockets: [],
    penalisesSources: false,
  },
};
