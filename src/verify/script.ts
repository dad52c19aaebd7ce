import { createHash } from "node:crypto";
import { libraryName, libraryVersion } from "../evidence/library";
import type { Role } from "./role";

/** The exit code of a script that was not run as root (sysexits.h, EX_NOPERM). */
export const notRoot = 77;

/** How long a check may take. */
const mostSeconds = 60;

/** So many questions are put to AWS at the same time: most of an answer's time is the AWS CLI's own start. */
const atOnceInAws = 4;

/**
 * A script for sh(1) that runs commands and prints what became of them: a line that names the commands, and behind it their
 * results, compressed. On a host they run one after the other. It needs nothing but Debian's base system, and can be read before it
 * is run.
 */
export function checkScript(role: Role, commands: readonly string[]): string {
  return [
    "#!/bin/sh",
    `# ${libraryName} ${libraryVersion()}: the checks of the role ${role}. They change nothing and print no secret.`,
    "set -u",
    "export LC_ALL=C",
    ...(role === "aws" ? [] : asRoot),
    "",
    ...runOne,
    "",
    `echo '${resultsHeader(commands)}'`,
    ...(role === "aws" ? someAtOnce(commands) : oneAfterTheOther(commands)),
    "",
  ].join("\n");
}

function oneAfterTheOther(commands: readonly string[]): string[] {
  return ["{", ...commands.map((command, index) => check(index, command)), "} | gzip | base64"];
}

/** Each into a file of its own, as long lines of several writers to one pipe could be mixed. */
function someAtOnce(commands: readonly string[]): string[] {
  return [
    "results=$(mktemp -d) || exit",
    `trap 'rm -r "$results"' EXIT`,
    ...commands.flatMap((command, index) => [
      ...(index > 0 && index % atOnceInAws === 0 ? ["wait"] : []),
      check(index, command, ` >"$results/${index}" &`),
    ]),
    "wait",
    'cat "$results"/* | gzip | base64',
  ];
}

function check(index: number, command: string, andThen = ""): string {
  return `check ${index} <<'${endOfCommand}'${andThen}\n${oneLine(command)}\n${endOfCommand}`;
}

/** By this the results of one script are told from those of another cache, role or version. */
export function resultsHeader(commands: readonly string[]): string {
  return `${libraryName}-results ${createHash("sha256").update(commands.join("\n")).digest("hex")}`;
}

const endOfCommand = "END_OF_CHECK";

/** Whoever owns the folder that root is in would have a say in what a program loads. */
const asRoot = [
  "cd / || exit",
  "export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  `[ "$(id -u)" -eq 0 ] || { echo 'Run this as root.' >&2; exit ${notRoot}; }`,
];

const runOne = [
  "check() {",
  "  command=$(cat)",
  `  output=$(timeout --kill-after=5 ${mostSeconds} sh -c "$command" </dev/null 2>/dev/null)`,
  `  printf '%s %s %s\\n' "$1" "$?" "$(printf %s "$output" | base64 --wrap=0)"`,
  "}",
];

function oneLine(command: string): string {
  if (/[\n\r]/.test(command)) throw new Error(`A check's command has more than one line: ${command}`);
  return command;
}
