import { createHash } from "node:crypto";
import { answeringAccount, certificateNames, checkUsers, checkUsersScript, metadata } from "../evidence/hostCommands";
import { libraryName, libraryVersion } from "../evidence/library";
import type { Challenge } from "./challenge";
import type { Target } from "../evidence/target";

/** The exit code of a script that was not run as root (sysexits.h, EX_NOPERM). */
export const notRoot = 77;

/** How long a check may take, unless told. */
const checkSeconds = 60;

/** So many questions are put to AWS at the same time: most of an answer's time is the AWS CLI's own start. */
const atOnceInAws = 4;

/**
 * A script for sh(1) that runs commands and prints what became of them: a line that names challenge and commands, and behind it when
 * and where they ran and their results, compressed. On a host they run one after the other. It needs nothing but Debian's base system, and can be read before it
 * is run. `mostSeconds` is how long each may take.
 */
export function checkScript(
  target: Target,
  commands: readonly string[],
  challenge: Challenge,
  mostSeconds = checkSeconds,
): string {
  return [
    "#!/bin/sh",
    `# ${libraryName} ${libraryVersion()}: the checks of the target ${target}. They change nothing and print no secret.`,
    challengeLine(challenge),
    "set -u",
    "export LC_ALL=C",
    ...(target === "aws" ? [] : asRoot),
    "",
    ...brought(commands),
    ...runOne(mostSeconds),
    ...whenAndWhere(target),
    "",
    `echo '${resultsHeader(commands, challenge)}'`,
    ...(target === "aws" ? someAtOnce(commands) : oneAfterTheOther(commands)),
    "",
  ].join("\n");
}

function oneAfterTheOther(commands: readonly string[]): string[] {
  return ["{", "at", ...commands.map((command, index) => check(index, command)), "} | gzip | base64"];
}

/** Each into a file of its own, as long lines of several writers to one pipe could be mixed. */
function someAtOnce(commands: readonly string[]): string[] {
  return [
    "results=$(mktemp -d) || exit",
    `trap 'rm -r "$results"' EXIT`,
    'at >"$results/at" &',
    ...commands.flatMap((command, index) => [
      ...(index > 0 && index % atOnceInAws === 0 ? ["wait"] : []),
      check(index, command, ` >"$results/${index}" &`),
    ]),
    "wait",
    'cat "$results/at" "$results"/[0-9]* | gzip | base64',
  ];
}

function check(index: number, command: string, andThen = ""): string {
  return `check ${index} <<'${endOfCommand}'${andThen}\n${oneLine(command)}\n${endOfCommand}`;
}

/** By this the results of one script are told from those of another run, cache, target or version. */
export function resultsHeader(commands: readonly string[], challenge: Challenge): string {
  const asked = [challengeLine(challenge), ...brought(commands), ...commands].join("\n");
  return `${libraryName}-results ${createHash("sha256").update(asked).digest("hex")}`;
}

function challengeLine({ date, nonce }: Challenge): string {
  return `# Printed ${date.toISOString()}, challenge ${nonce}.`;
}

/** What a script was printed with; none where it is no such script. */
export function challengeOf(script: string): Challenge | undefined {
  const [, date, nonce] = /^# Printed (\S{24}), challenge ([0-9a-f]{32})\.$/m.exec(script) ?? [];
  return date === undefined || nonce === undefined || Number.isNaN(Date.parse(date))
    ? undefined
    : { date: new Date(date), nonce };
}

const endOfCommand = "END_OF_CHECK";

/** The script that commands call without there being a file of it on the host, which has little room in its user data. */
function brought(commands: readonly string[]): string[] {
  if (!commands.some((command) => command.includes(`$${checkUsers}`))) return [];
  const lines = checkUsersScript().trimEnd().split("\n");
  return [`${checkUsers}=$(`, `cat <<'${endOfScript}'`, ...lines, endOfScript, ")", `export ${checkUsers}`, ""];
}

const endOfScript = "END_OF_SCRIPT";

/** Whoever owns the folder that root is in would have a say in what a program loads. */
const asRoot = [
  "cd / || exit",
  "export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  `[ "$(id -u)" -eq 0 ] || { echo 'Run this as root.' >&2; exit ${notRoot}; }`,
];

/** What a command has printed comes as it is, with its length in bytes before it: to pack each would be most of a look's work. */
function runOne(mostSeconds: number): string[] {
  return [
    "check() {",
    "  IFS= read -r command",
    `  output=$(timeout --kill-after=5 ${mostSeconds} sh -c "$command" </dev/null 2>/dev/null)`,
    `  printf '%s %s %s\\n%s\\n' "$1" "$?" "\${#output}" "$output"`,
    "}",
  ];
}

/**
 * The clock of where it runs, seconds since 1970, and by which names that is known: on a host the instance's id, on an app host the name in its
 * certificate, for AWS the account and who answered for it, and everywhere the machine's own name.
 */
function whenAndWhere(target: Target): string[] {
  const instance = [metadata("meta-data/instance-id"), "echo"];
  const names = { cache: instance, client: [...instance, certificateNames], aws: [answeringAccount] }[target];
  return [
    "at() {",
    `  printf 'at %s %s\\n' "$(date +%s)" "$({ ${[...names, "uname -n"].join("; ")}; } 2>/dev/null | base64 --wrap=0)"`,
    "}",
  ];
}

function oneLine(command: string): string {
  if (/[\n\r]/.test(command)) throw new Error(`A check's command has more than one line: ${command}`);
  return command;
}
