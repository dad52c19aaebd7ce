import type { HostKind } from "../plan/hostKinds";
import { hostPaths } from "./hostPaths";
import { configFile, type CloudFile } from "./cloudConfig";
import { encodeIni, type Settings } from "./encode";

/**
 * The journals of what listens to strangers, apart from the host's own, which is the audit trail (systemd.exec(5), LogNamespace): however much
 * these write, no line of sshd or sudo goes for it; and what their processes say to the journal stands in theirs alone, whatever name it gives itself.
 */
export const journalNames = { tunnel: "hipaa-redis-tunnel", redis: "hipaa-redis-server" } as const;

/** The settings of the journals that a host of a kind has (journald.conf(5)). */
export function journalFiles(kind: HostKind): CloudFile[] {
  return journalsOf(kind).map((journal) => journalFile(journalNames[journal], settings[journal]));
}

/**
 * What a journal is written and asked through, and what systemd 257 has whoever writes to it require, which starts five times in ten seconds and
 * no more. systemd takes these away when no unit that is up needs them, and a service that is started in that moment, or once too often,
 * finds none: one that is always up has to want them.
 */
export function journalUnits(kind: HostKind): string[] {
  return journalsOf(kind).flatMap((journal) => {
    const name = journalNames[journal];
    return [
      `systemd-journald@${name}.socket`,
      `systemd-journald-varlink@${name}.socket`,
      `systemd-journald-sync@${name}.service`,
    ];
  });
}

function journalsOf(kind: HostKind): (keyof typeof journalNames)[] {
  return kind === "cache" ? ["tunnel", "redis"] : ["tunnel"];
}

/** Who connected, and who was refused: kept. */
const tunnelJournal: Settings = [
  ["Storage", "persistent"],
  ["SystemMaxUse", "256M"],
];

/** In memory only: were Redis taken over, what it writes could be PHI. */
const redisJournal: Settings = [
  ["Storage", "volatile"],
  ["RuntimeMaxUse", "16M"],
];

const settings = { tunnel: tunnelJournal, redis: redisJournal } as const;

function journalFile(name: string, journal: Settings): CloudFile {
  return configFile(`${hostPaths.journalsFolder}/journald@${name}.conf`, encodeIni([["Journal", journal]], "="));
}
