import type { Command } from "commander";
import { sha256 } from "../evidence/digest";
import type { RiskAcceptance } from "../evidence/acceptance";
import type { AssessOptions } from "../evidence/assess";
import type { Evidence } from "../evidence/evidence";
import { parseRecord } from "../evidence/record";
import type { GivenRecord } from "../evidence/records";
import type { AppHosts } from "../evidence/verified";
import { riskAcceptances } from "../verify/acceptances";
import { signatureOf } from "../verify/signature";
import { parseJson, readExactText } from "./files";
import { signersOf, withRecordOptions, type RecordOptions } from "./recordOptions";
import { repeated } from "./repeated";

/** What a cache is judged by besides its evidence. */
export interface JudgeOptions extends RecordOptions {
  readonly verification?: readonly string[];
  readonly acceptances?: string;
  readonly appHosts?: AppHosts;
}

export function withJudgeOptions(command: Command): Command {
  return withRecordOptions(
    command
      .option(
        "--verification <file>",
        "a signed record of verify, its signature beside it; one that does not count changes nothing, and the report says why; may be repeated",
        repeated,
      )
      .option(
        "--acceptances <file>",
        "what was decided about risks, signed: JSON or YAML in the form of `saf attest`, with ids of the risk register, what is chosen, and the name of the cache",
      )
      .option(
        "--app-hosts <client=number>",
        "how many hosts a client has, such as web=3: the cache does not know; may be repeated",
        appHosts,
      ),
  );
}

export function judgedBy(options: JudgeOptions, evidence: Evidence, date: Date): AssessOptions {
  const { verification = [], acceptances, appHosts: numbers, maxRecordAgeDays } = options;
  return {
    date,
    maxRecordAgeDays,
    verifications: verification.map((path) => givenRecord(path, evidence, options)),
    ...(acceptances === undefined ? {} : { acceptances: readAcceptances(acceptances, evidence, options, date) }),
    ...(numbers === undefined ? {} : { appHosts: numbers }),
  };
}

/** A record of a file, with what became of its signature. The keys are those that may sign now, by this evidence. */
function givenRecord(path: string, evidence: Evidence, options: RecordOptions): GivenRecord {
  const text = readExactText("--verification", path);
  const record = parseRecord("--verification", path, parseJson("--verification", path, text));
  return { name: path, record, sha256: sha256(text), signature: signatureOf(path, text, signersOf(evidence, options)) };
}

function readAcceptances(path: string, evidence: Evidence, options: RecordOptions, now: Date): RiskAcceptance[] {
  const text = readExactText("--acceptances", path);
  return riskAcceptances(text, evidence.cache, signatureOf(path, text, signersOf(evidence, options)), now);
}

function appHosts(text: string, before: AppHosts = {}): AppHosts {
  const [, client = "", number] = /^([^=]+)=(\d{1,5})$/.exec(text) ?? [];
  if (number === undefined)
    throw new Error(`--app-hosts: got ${JSON.stringify(text)}. Give a client and a number of hosts, such as web=3.`);
  if (Object.hasOwn(before, client)) throw new Error(`--app-hosts: ${client} is given twice. Give one number for it.`);
  return { ...before, [client]: Number(number) };
}
