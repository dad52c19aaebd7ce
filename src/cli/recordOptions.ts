import { Option, type Command } from "commander";
import { sshFingerprint, sshPublicKeyProblems } from "../arguments/sshPublicKey";
import { throwIfAny } from "../arguments/problems";
import type { Evidence } from "../evidence/evidence";
import { defaultMaxRecordAgeDays } from "../evidence/judgeRecord";
import type { Signer } from "../verify/signature";
import { readTextFile } from "./files";
import { repeated } from "./repeated";

/** What says which records count. */
export interface RecordOptions {
  readonly signer?: readonly string[];
  readonly maxRecordAgeDays: number;
}

export function withRecordOptions(command: Command): Command {
  return command
    .option(
      "--signer <file>",
      "a public SSH key (.pub) that may sign records, besides those of the cache's operators; may be repeated",
      repeated,
    )
    .addOption(
      new Option("--max-record-age-days <days>", `how old a record may be, in days: 1 to ${mostDays}`)
        .argParser(days)
        .default(defaultMaxRecordAgeDays),
    );
}

const mostDays = 366;

function days(text: string): number {
  const value = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= mostDays) return value;
  throw new Error(`--max-record-age-days: got ${JSON.stringify(text)}. Give a number of days, 1 to ${mostDays}.`);
}

/** Whose signature counts: the operators of the cache, and the keys that were named. */
export function signersOf(
  { arguments: { operators } }: Evidence,
  { signer = [] }: Pick<RecordOptions, "signer">,
): Signer[] {
  return [
    ...operators.map(({ name, sshPublicKey }) => ({ name, sshPublicKey })),
    ...signer.map((path) => {
      const sshPublicKey = readTextFile("--signer", path).trim();
      throwIfAny("--signer", sshPublicKeyProblems(path, sshPublicKey));
      return { name: sshFingerprint(sshPublicKey), sshPublicKey };
    }),
  ];
}
