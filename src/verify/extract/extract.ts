import { journalCommand, journals, type JournalName, type Period } from "../../evidence/journalCommands";
import type { CommandResult } from "../../evidence/check";
import { printable } from "../../evidence/printable";
import type { RecordHead } from "../../evidence/record";
import type { HostKind } from "../../plan/hostKinds";
import { recordHead, type About } from "../recordHead";
import type { Entry, Said } from "./entry";
import { readJournal } from "./journal";
import { sshdSaid } from "./sshd";
import { sudoSaid } from "./sudo";
import { tunnelReader } from "./tunnel";
import { agentSaid, unitSaid } from "./units";

/** What a host's journals tell of a period: sign-ins, sudo, refusals and failures. */
export interface Extract extends RecordHead {
  readonly kind: "extract";
  /** From this moment, RFC 3339, UTC … */
  readonly since: string;
  /** … to this one, which is no more part of it. */
  readonly until: string;
  readonly sources: readonly ExtractSource[];
  /** What no journal has, so that nothing of it can be told. */
  readonly notRecorded: readonly string[];
  /** In the order in which they happened. */
  readonly entries: readonly Entry[];
}

/** How much of a journal the entries tell. */
export interface ExtractSource {
  readonly name: string;
  /** Lines of the period that were read. */
  readonly lines: number;
  /** Of these, the entries. The others say nothing that is asked for. */
  readonly entries: number;
  /** Why there may have been more; empty where all of the period was read. */
  readonly gaps: readonly string[];
}

const names = Object.keys(journals) as readonly JournalName[];

/** In the order in which {@link extractOf} takes their results. */
export function extractCommands(period: Period): string[] {
  return names.map((name) => journalCommand(name, period));
}

/** Reads what the commands of {@link extractCommands} have answered. */
export function extractOf(
  target: HostKind,
  period: Period,
  results: readonly (CommandResult | undefined)[],
  about: About,
): Extract {
  const read = names.map((name, index) => readSource(name, period, results[index]));
  const entries = read.flatMap(({ entries }) => entries);
  return {
    ...recordHead(about),
    kind: "extract",
    target,
    since: period.since.toISOString(),
    until: period.until.toISOString(),
    sources: read.map(({ source }) => source),
    notRecorded,
    entries: entries.sort((a, b) => a.time.localeCompare(b.time)),
  };
}

const notRecorded = [
  "packets that the host's firewall drops: it writes no line for them; VPC flow logs have what AWS's firewalls refuse",
  "commands that Redis refuses: ACL LOG is off, as it would hold what was sent",
  "arguments of commands that sudo ran, and names that strangers typed: either may hold a value or a password",
];

function readSource(
  name: JournalName,
  period: Period,
  result: CommandResult | undefined,
): { source: ExtractSource; entries: Entry[] } {
  const { lines, gaps } = readJournal(result, period);
  const said = readers[name]();
  const source = journals[name].shows;
  const entries = lines.flatMap(({ date, message }): Entry[] => {
    const told = message === undefined ? undefined : said(message);
    return told === undefined ? [] : [entry(date, source, told)];
  });
  return { source: { name: source, lines: lines.length, entries: entries.length, gaps }, entries };
}

const readers: Readonly<Record<JournalName, () => (line: string) => Said | undefined>> = {
  sshd: () => sshdSaid,
  sudo: () => sudoSaid,
  agent: () => agentSaid,
  units: () => unitSaid,
  tunnel: tunnelReader,
};

/** However long a line is, and whatever is in it: one line that a terminal obeys nothing of. */
function entry(date: Date, source: string, { kind, who, from, what }: Said): Entry {
  const shown = (text: string): string => printable(text.replaceAll(/\s+/g, " ")).slice(0, mostCharacters);
  return { time: date.toISOString(), kind, source, who: shown(who), from: shown(from), what: shown(what) };
}

const mostCharacters = 400;

/** For a terminal: how many there are of each kind, and what is missing. */
export function extractText({
  cache,
  target,
  host,
  place,
  since,
  until,
  sources,
  entries,
  notRecorded,
}: Extract): string {
  const count = (kind: Entry["kind"]): string => `${entries.filter((one) => one.kind === kind).length} ${kind}`;
  return [
    `Cache ${cache}, target ${target}, on ${host}, by ${place}: ${since} to ${until}`,
    `Entries: ${count("sign-in")}, ${count("sudo")}, ${count("refusal")}, ${count("failure")}.`,
    ...sources.flatMap(({ name, gaps }) => gaps.map((gap) => `Not whole: ${name}: ${gap}.`)),
    ...notRecorded.map((what) => `Not recorded: ${what}.`),
  ].join("\n");
}

/** Whether all of the period was read in every journal. */
export function isWhole({ sources }: Extract): boolean {
  return sources.every(({ gaps }) => gaps.length === 0);
}

/** What an extract says that does not follow from its own entries, as statements. */
export function extractProblems({
  since,
  until,
  sources,
  entries,
}: Pick<Extract, "since" | "until" | "sources" | "entries">): string[] {
  const times = entries.map(({ time }) => time);
  const isWithin = (time: string): boolean =>
    Date.parse(time) >= Date.parse(since) && Date.parse(time) < Date.parse(until);
  const names = sources.map(({ name }) => name);
  return [
    ...(times.every(isWithin) ? [] : ["it has an entry from outside of its period"]),
    ...(times.every((time, index) => index === 0 || (times[index - 1] ?? "") <= time)
      ? []
      : ["its entries are not in their order"]),
    ...(entries.every(({ source }) => names.includes(source)) ? [] : ["it has an entry of no journal of its list"]),
    ...sources
      .filter(({ name, entries: count }) => entries.filter(({ source }) => source === name).length !== count)
      .map(({ name, entries: count }) => `it has not the ${count} entries of ${name} that it counts`),
  ];
}
