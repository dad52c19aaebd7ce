/** Reads what dpkg and apt of Debian print (LC_ALL=C). */

export interface Candidate {
  readonly installed: string;
  readonly candidate: string;
  /** Whether Debian's security archive has a version that is newer than the installed one. */
  readonly security: boolean;
}

/** `dpkg-query --show` of name, version and state: the versions by name. */
export function installedVersions(printed: string): Map<string, string> {
  const rows = printed.split("\n").map((line) => line.split(" "));
  return new Map(rows.flatMap(([name = "", version = "", state]) => (state === "installed" ? [[name, version]] : [])));
}

/** `apt-cache policy`: packages that are installed, by name. */
export function candidates(printed: string): Map<string, Candidate> {
  const found = new Map<string, Candidate>();
  for (const block of printed.split(/^(?=\S)/m)) {
    const { name, installed, candidate, table = "" } = policyBlock.exec(block)?.groups ?? {};
    if (name === undefined || installed === undefined || candidate === undefined || installed === "(none)") continue;
    // Newer versions come first; the installed one is marked.
    const [newer = ""] = table.split(/^ \*\*\* /m);
    found.set(name, { installed, candidate, security: / \S+-security\/\S+ \S+ Packages$/m.test(newer) });
  }
  return found;
}

const policyBlock =
  /^(?<name>[a-z0-9][a-z0-9.+-]+):\n {2}Installed: (?<installed>\S+)\n {2}Candidate: (?<candidate>\S+)\n {2}Version table:\n(?<table>[^]*)$/;

export interface Upgrade {
  readonly name: string;
  /** None for a package that comes anew, as each kernel does. */
  readonly installed: string | null;
  readonly candidate: string;
  readonly security: boolean;
}

/** `apt-get --simulate dist-upgrade`: what it would install. */
export function upgrades(printed: string): Upgrade[] {
  return printed.split("\n").flatMap((line): Upgrade[] => {
    const { name, installed, candidate, origins } =
      /^Inst (?<name>\S+)( \[(?<installed>\S+)\])? \((?<candidate>\S+) (?<origins>[^)[]*)/.exec(line)?.groups ?? {};
    if (name === undefined || candidate === undefined || origins === undefined) return [];
    return [{ name, installed: installed ?? null, candidate, security: origins.includes("Debian-Security:") }];
  });
}

export interface Archive {
  readonly label: string;
  readonly codename: string;
  /** When the archive was as the host's lists have it: RFC 3339, UTC. */
  readonly date: string;
  /** Until when it says that it may be believed; none where it doesn't. */
  readonly validUntil: string | null;
}

/** `grep --with-filename` of the lists' files Release. */
export function archives(printed: string): Archive[] {
  const byFile = new Map<string, Record<string, string>>();
  for (const line of printed.split("\n")) {
    const { file, field, value } = /^(?<file>\/[^:]+):(?<field>[A-Za-z-]+): (?<value>.+)$/.exec(line)?.groups ?? {};
    if (file === undefined || field === undefined || value === undefined) continue;
    byFile.set(file, { ...byFile.get(file), [field]: value });
  }
  return [...byFile.values()].flatMap(
    ({ Label: label = "", Codename: codename = "", Date: date = "", "Valid-Until": until }) => {
      const made = utc(date);
      return made === null
        ? []
        : [{ label, codename, date: made, validUntil: until === undefined ? null : utc(until) }];
    },
  );
}

/** Of each package the date of its newest entry, by name. */
export function changelogDates(printed: string): Map<string, string> {
  const dates = new Map<string, string>();
  for (const line of printed.split("\n")) {
    const [, name, text = ""] = /^(\S+) (.+)$/.exec(line) ?? [];
    const date = utc(text);
    if (name !== undefined && date !== null && !dates.has(name)) dates.set(name, date);
  }
  return dates;
}

/** A date of RFC 2822, as Debian writes it. */
function utc(text: string): string | null {
  const date = /^[A-Z][a-z]{2}, +\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} (UTC|GMT|[+-]\d{4})$/.test(text)
    ? new Date(text)
    : undefined;
  return date === undefined || Number.isNaN(date.getTime()) ? null : date.toISOString();
}
