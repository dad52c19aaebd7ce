import { hasRun, type CommandResult } from "../../evidence/check";
import { packageCommands, watchedPackages } from "../../evidence/packageCommands";
import { printable } from "../../evidence/printable";
import type { RecordHead } from "../../evidence/record";
import { fixedPrinted } from "../../evidence/serverVersion";
import { counted } from "../../plan/counted";
import type { HostKind } from "../../plan/hostKinds";
import type { SecurityFix } from "../../plan/serverVersions";
import type { Engine } from "../../plan/engine";
import type { TunnelEngine } from "../../plan/tunnel";
import { recordHead, type About } from "../recordHead";
import { archives, candidates, changelogDates, installedVersions, upgrades, type Archive } from "./aptAnswers";

/** Which versions a host has, and which security updates wait, by the host's own lists of Debian's archives. */
export interface Patches extends RecordHead {
  readonly kind: "patches";
  /** What the dates and ages stand on. */
  readonly sources: readonly string[];
  readonly archives: readonly (Archive & { readonly ageDays: number })[];
  readonly packages: readonly PackageState[];
  /** Of a node: whether its server has Debian's last security fix that this library knows; `null` of an app host. */
  readonly server: ServerState | null;
  /** Every update of the security archive that an upgrade of the host would install. */
  readonly pendingSecurityUpdates: readonly PendingUpdate[];
  /** When a run of updates came to its end without a failure, RFC 3339, and which; `null` where the journal has none. */
  readonly lastUpdateRun: { readonly date: string; readonly unit: string } | null;
  readonly restart: Restart;
  /** What could not be read, so that nothing of it can be told. */
  readonly gaps: readonly string[];
}

/** A package that this library installs or stands on; those that a host does not have are left out. */
export interface PackageState {
  readonly name: string;
  readonly installed: string;
  /** When Debian made the installed version: RFC 3339, UTC; `null` where the host has no changelog of it. */
  readonly installedMade: string | null;
  readonly installedAgeDays: number | null;
  /** What apt would install now; `null` where it has no answer. */
  readonly candidate: string | null;
  /** Whether the security archive has a version that is newer than the installed one. */
  readonly securityUpdatePending: boolean | null;
}

/** The last security fix of the server, and whether the node has it. */
export interface ServerState extends Pick<SecurityFix, "version" | "date" | "cves" | "source"> {
  /** `null` where it isn't known. A node whose server is too old does not start it. */
  readonly isTooOld: boolean | null;
}

export interface PendingUpdate {
  readonly name: string;
  readonly installed: string | null;
  readonly candidate: string;
  /** The update has been in the security archive since then at the latest: RFC 3339, UTC; `null` where the host has no date of it. */
  readonly knownSince: string | null;
  readonly atLeastDays: number | null;
}

/** Whether the host has to be restarted for what is installed to run. */
export interface Restart {
  /** `null` where it isn't known. */
  readonly due: boolean | null;
  readonly runningKernel: string | null;
  readonly newestKernel: string | null;
}

type Asked = keyof typeof packageCommands;
const order = Object.keys(packageCommands) as readonly Asked[];

/** In the order in which {@link patchesOf} takes their results. */
export function patchCommands(target: HostKind, tunnel: TunnelEngine, engine: Engine, fix: SecurityFix): string[] {
  const packages = watchedPackages(target, tunnel, engine);
  return order.map((name) => packageCommands[name](packages, target === "cache" ? fix : undefined));
}

/** Reads what the commands of {@link patchCommands} have answered. */
export function patchesOf(
  target: HostKind,
  results: readonly (CommandResult | undefined)[],
  about: About,
  fix: SecurityFix,
): Patches {
  const answers = new Map(order.map((name, index) => [name, results[index]]));
  const printed = (name: Asked): string => (answered(answers.get(name)) ? (answers.get(name)?.stdout ?? "") : "");
  const aged = archives(printed("archives")).map((archive) => ({
    ...shown(archive),
    ageDays: days(archive.date, about.date),
  }));
  const security = aged.filter(({ label }) => label === "Debian-Security");
  const knownSince =
    security
      .map(({ date }) => date)
      .sort()
      .at(0) ?? null;
  const upgrade = answered(answers.get("upgrade")) && security.length > 0 ? upgrades(printed("upgrade")) : [];
  return {
    ...recordHead(about),
    kind: "patches",
    target,
    sources,
    archives: aged,
    packages: packageStates(printed, security.length > 0, about.date),
    server: target === "cache" ? serverState(fix, answers.get("server")) : null,
    pendingSecurityUpdates: upgrade
      .filter(({ security }) => security)
      .map(({ name, installed, candidate }) => ({
        ...shown({ name, installed, candidate }),
        knownSince,
        atLeastDays: knownSince === null ? null : days(knownSince, about.date),
      })),
    lastUpdateRun: lastRun(printed("lastRun")),
    restart: restartOf(answers.get("reboot")),
    gaps: [
      ...order.filter((name) => !answered(answers.get(name))).map((name) => `${what[name]} could not be read`),
      ...(security.length === 0
        ? ["the host has no lists of Debian's security archive: which security updates wait is not known"]
        : []),
      ...security
        .filter(({ validUntil }) => validUntil !== null && new Date(validUntil) < about.date)
        .map(
          ({ date }) =>
            `the lists of the security archive, of ${date}, are no longer valid: newer updates are not known`,
        ),
    ],
  };
}

const sources = [
  "versions: dpkg on the host",
  "candidates and pending updates: the host's own lists of Debian's archives, as they were at the archives' dates; nothing was asked for over the network",
  "atLeastDays: from the date of the security archive's lists, which have the update; when Debian published it, they don't tell",
  "installedMade: the newest entry of the changelog that came with the package",
  "lastUpdateRun: the host's journal",
  "server: the last security fix that this version of the library knows, compared on the host by dpkg",
] as const;

const what: Readonly<Record<Asked, string>> = {
  installed: "the installed versions",
  policy: "apt's candidates",
  upgrade: "what an upgrade would install",
  archives: "the dates of the archives' lists",
  changelogs: "the packages' changelogs",
  lastRun: "the last run of updates",
  reboot: "whether a restart is due",
  server: "whether the server has its last security fix",
};

function answered(result: CommandResult | undefined): boolean {
  return result !== undefined && hasRun(result) && result.exitCode === 0;
}

function packageStates(printed: (name: Asked) => string, isKnown: boolean, now: Date): PackageState[] {
  const policy = candidates(printed("policy"));
  const made = changelogDates(printed("changelogs"));
  return [...installedVersions(printed("installed"))].map(([name, installed]) => {
    const installedMade = made.get(name) ?? null;
    const { candidate = null, security } = policy.get(name) ?? {};
    return {
      ...shown({ name, installed }),
      installedMade,
      installedAgeDays: installedMade === null ? null : days(installedMade, now),
      candidate: candidate === null ? null : printable(candidate),
      securityUpdatePending: isKnown ? (security ?? null) : null,
    };
  });
}

function serverState(fix: SecurityFix, result: CommandResult | undefined): ServerState {
  const { version, date, cves, source } = fix;
  const isTooOld = answered(result) ? !new RegExp(fixedPrinted(fix)).test(result?.stdout ?? "") : null;
  return { version, date, cves, source, isTooOld };
}

function lastRun(printed: string): Patches["lastUpdateRun"] {
  const [, microseconds] = /"__REALTIME_TIMESTAMP" ?: ?"(\d{10,16})"/.exec(printed) ?? [];
  const [, unit = ""] = /"UNIT" ?: ?"([a-z-]+\.service)"/.exec(printed) ?? [];
  return microseconds === undefined ? null : { date: new Date(Number(microseconds) / 1000).toISOString(), unit };
}

function restartOf(result: CommandResult | undefined): Restart {
  if (result === undefined || !answered(result)) return { due: null, runningKernel: null, newestKernel: null };
  const lines = result.stdout.split("\n").filter((line) => line !== "");
  const required = lines[0] === "required";
  const [running = null, newest = null] = (required ? lines.slice(1) : lines).map(printable);
  return { due: required || (newest !== null && newest !== running), runningKernel: running, newestKernel: newest };
}

function days(from: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(from)) / 86_400_000));
}

function shown<Texts extends object>(texts: Texts): Texts {
  const entries = Object.entries(texts).map(([key, value]) => [
    key,
    typeof value === "string" ? printable(value) : (value as unknown),
  ]);
  return Object.fromEntries(entries) as Texts;
}

/** Ages that don't follow from the dates beside them, as statements. */
export function ageProblems({
  date,
  archives: lists,
  packages,
  pendingSecurityUpdates,
}: {
  readonly date: string;
  readonly archives: readonly { readonly date: string; readonly ageDays: number }[];
  readonly packages: readonly Pick<PackageState, "name" | "installedMade" | "installedAgeDays">[];
  readonly pendingSecurityUpdates: readonly Pick<PendingUpdate, "name" | "knownSince" | "atLeastDays">[];
}): string[] {
  const now = new Date(date);
  const isAge = (from: string | null, age: number | null): boolean => age === (from === null ? null : days(from, now));
  return [
    ...lists.filter((one) => !isAge(one.date, one.ageDays)).map((one) => `the age of the list of ${one.date}`),
    ...packages
      .filter(({ installedMade, installedAgeDays }) => !isAge(installedMade, installedAgeDays))
      .map(({ name }) => `the age of ${name}`),
    ...pendingSecurityUpdates
      .filter(({ knownSince, atLeastDays }) => !isAge(knownSince, atLeastDays))
      .map(({ name }) => `since when ${name} waits`),
  ].map((what) => `${what} does not follow from its date`);
}

/** For a terminal: what waits, and what is not known. */
export function patchesText({ cache, target, host, place, date, ...found }: Patches): string {
  const { packages, server, pendingSecurityUpdates: pending, lastUpdateRun, restart, archives, gaps } = found;
  const due = restart.due === null ? "not known" : restart.due ? "due" : "not due";
  return [
    `Cache ${cache}, target ${target}, on ${host}, by ${place}, ${date}`,
    ...archives.map(
      ({ label, codename, date, ageDays }) =>
        `Lists of ${label} ${codename}: of ${date}, ${counted(ageDays, "day")} old.`,
    ),
    ...packages.map(({ name, installed, installedAgeDays, candidate, securityUpdatePending }) => {
      const age = installedAgeDays === null ? "" : `, made ${counted(installedAgeDays, "day")} ago`;
      const waits = securityUpdatePending === true ? `; security update pending: ${candidate ?? "not known"}` : "";
      return `${name} ${installed}${age}${waits}`;
    }),
    ...(server === null ? [] : [serverText(server)]),
    `Security updates that wait, of all packages: ${pending.length}${pending.length === 0 ? "" : `: ${pending.map(({ name }) => name).join(", ")}`}.`,
    `Last run of updates: ${lastUpdateRun === null ? "none in the journal" : `${lastUpdateRun.date} (${lastUpdateRun.unit})`}.`,
    `Restart: ${due}; running kernel ${restart.runningKernel ?? "not known"}, newest ${restart.newestKernel ?? "not known"}.`,
    ...gaps.map((gap) => `Not known: ${gap}.`),
  ].join("\n");
}

function serverText({ version, date, cves, isTooOld }: ServerState): string {
  const is = isTooOld === null ? "not known" : isTooOld ? "not there: the node does not start its server" : "there";
  return `The server's last security fix that is known, ${version} of ${date} (${cves.join(", ")}): ${is}.`;
}
