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
  return journalsOf(kind).flatMap((journal) => [
    journalFile(journalNames[journal], settings[journal]),
    startedAgain(journal),
  ]);
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

/** The service that keeps a journal. */
export function journalService(journal: keyof typeof journalNames): `systemd-journald@${string}.service` {
  return `systemd-journald@${journalNames[journal]}.service`;
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

/**
 * systemd's watchdog ends a journal that has not said for three minutes that it is well, as where a machine stood still. By Debian's own unit of a
 * namespace it would stay dead, and what runs would write into nothing for as long as it runs. One that is started again has its connections:
 * systemd keeps them, with what was written meanwhile. It is started again however often it dies: three seconds are too long for systemd's limit of
 * five starts in ten seconds. It also ends by itself, and is well, where nothing is up that writes to it. The file's name is short, as user data
 * has little room.
 */
function startedAgain(journal: keyof typeof journalNames): CloudFile {
  const service: Settings = [
    ["Restart", "on-failure"],
    ["RestartSec", 3],
  ];
  return configFile(
    `${hostPaths.unitsFolder}/${journalService(journal)}.d/10.conf`,
    encodeIni([["Service", service]], "="),
  );
}
