import { journalNames } from "../host/journals";
import { unitNames } from "../host/units";

/** Where a host keeps what an auditor asks for, and how much of each is read. */

/** A time from its first moment to its last, which is no more part of it. */
export interface Period {
  readonly since: Date;
  readonly until: Date;
}

interface Journal {
  /** What is read there, in words. */
  readonly shows: string;
  /** The namespace of the journal; none for the host's own. */
  readonly namespace?: string;
  /**
   * Which lines (journalctl(1)): by program, unit or user, which journald itself notes. The tag of a line is its writer's choice, and is asked for
   * beside the user alone.
   */
  readonly matches: readonly string[];
  /** Of these, those that tell something (grep(1), extended). Without it every line is brought. */
  readonly only?: string;
  /** What of a line stays on the host (sed(1), extended). */
  readonly cut?: string;
}

/** Of Debian 13's OpenSSH, which has a program of its own for each session, and of Debian 12's. Either is matched. */
export const sshdPrograms = ["/usr/sbin/sshd", "/usr/lib/openssh/sshd-session"] as const;

export const journals = {
  sshd: { shows: "sshd", matches: sshdPrograms.map((program) => `_EXE=${program}`) },
  sudo: {
    shows: "sudo",
    matches: ["_EXE=/usr/bin/sudo"],
    // Arguments of a command, up to the end of the JSON text; in a line that can be read in two ways nobody can tell which they are.
    cut: String.raw`/COMMAND=.*COMMAND=/!s/(COMMAND=[^ "\\]+) ([^"\\]|\\.)*"/\1 (arguments)"/`,
  },
  agent: { shows: "the host's agent", matches: ["_UID=0", "SYSLOG_IDENTIFIER=hipaa-redis"] },
  /** "A unit has failed", whatever the reason (systemd's catalog). */
  units: { shows: "systemd", matches: ["_PID=1", "MESSAGE_ID=d9b373ed55a64feb8242e02dbe79a49c"] },
  tunnel: {
    shows: "the tunnel",
    namespace: journalNames.tunnel,
    matches: [`_SYSTEMD_UNIT=${unitNames.tunnel}`],
    // HAProxy has a line for each connection as well; of stunnel's, one has the address. 5.74 tells an error of each connection beside them.
    only: "refused:| PR |: Rejected by CERT|: SSL_accept:|accepted connection",
  },
} as const satisfies Readonly<Record<string, Journal>>;

export type JournalName = keyof typeof journals;

/** So many lines of a journal are brought; where there are more, the last ones, and the extract says that it is not whole. */
export const mostJournalLines = 40_000;

/** How the line begins that tells how journalctl ended. */
export const journalEnd = "journalctl ended with ";

/**
 * Prints a line for the oldest entry that the journal has, one for each entry of the period (`journalctl --output=json`), and how it ended: what could
 * not be read must not look like a time in which nothing happened.
 */
export function journalCommand(name: JournalName, { since, until }: Period): string {
  const { namespace, matches, only, cut }: Journal = journals[name];
  const journal = [
    "journalctl --no-pager --quiet --output=json",
    ...(namespace === undefined ? [] : [`--namespace=${namespace}`]),
  ];
  const oldest = [...journal, "--output-fields=_BOOT_ID | head --lines=1"].join(" ");
  const entries = [
    ...journal,
    "--output-fields=MESSAGE,UNIT,UNIT_RESULT,MESSAGE_ID",
    `--since='${moment(since)}'`,
    `--until='${moment(until)}'`,
    ...matches,
  ];
  const chosen = only === undefined ? "" : ` | grep --extended-regexp '${only}|^${journalEnd}'`;
  const last = `tail --lines=${mostJournalLines + 2}`;
  const short = `sed --regexp-extended '${[unused, ...(cut === undefined ? [] : [cut])].join(";")}'`;
  return `${oldest}; { ${entries.join(" ")}; echo "${journalEnd}$?"; }${chosen} | ${last} | ${short}`;
}

/** Fields that journalctl always writes, and that are most of a line. The last field has no comma behind it, and stays. */
const unused = 's/"(__CURSOR|__MONOTONIC_TIMESTAMP|_BOOT_ID)":"[^"]*",//g';

/** As systemd.time(7) reads it. */
function moment(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
