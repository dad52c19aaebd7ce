import { Command } from "commander";
import { judgeRecord } from "../evidence/judgeRecord";
import { parseRecord } from "../evidence/record";
import { isSummedUpRight, sumInWords, sumOf } from "../evidence/recordSum";
import { signerOf } from "../verify/signature";
import { parseJson, readEvidenceFile, readExactText } from "./files";
import { withHelp } from "./help";
import { signersOf, withRecordOptions, type RecordOptions } from "./recordOptions";
import { say } from "./say";

interface SignatureOptions extends RecordOptions {
  readonly evidence: string;
}

/** `signature`: who has signed a record of `verify`, and whether it counts. */
export function signatureCommand(): Command {
  const command = new Command("signature")
    .description(
      "Tells who has signed a record of verify; fails when nobody has who may, or when the record does not count: it is of another cache, of other evidence, of an emulated AWS account, of a host that is no part of the cache, or too old; or when nothing was looked at.",
    )
    .argument("<record>", "the record; its signature is beside it, with .sig behind its name")
    .requiredOption("--evidence <file>", "the evidence of the cache, which has its operators' keys")
    .exitOverride()
    .action(signature);
  return withHelp(withRecordOptions(command), [
    "pulumi-hipaa-redis signature record.json --evidence evidence.json",
    "pulumi-hipaa-redis signature record.json --evidence evidence.json --signer auditor.pub",
  ]);
}

function signature(path: string, options: SignatureOptions): void {
  const evidence = readEvidenceFile(options.evidence);
  const text = readExactText("<record>", path);
  const signedBy = signerOf(path, text, signersOf(evidence, options));
  const record = parseRecord("<record>", path, parseJson("<record>", path, text));
  const { cache, target, date, host } = record;
  const sum = sumOf(record);
  say(`${path}: signed by ${signedBy}; cache ${cache}, target ${target}, on ${host}, ${date}; ${sumInWords(sum)}.`);
  const rules = { evidence, now: new Date(), maxAgeDays: options.maxRecordAgeDays };
  const judgement = judgeRecord(record, { signedBy }, rules);
  const amiss = judgement.counts
    ? [
        ...(judgement.place === undefined ? [strange] : []),
        ...(sum.looks === 0 ? ["It shows nothing: nothing was looked at."] : []),
      ]
    : judgement.reasons.map((reason) => `It does not count: ${reason}.`);
  if (!isSummedUpRight(record)) amiss.push("What it says of itself is not what its checks say: these count.");
  for (const line of amiss) say(line);
  if (amiss.length > 0) process.exitCode = 1;
}

const strange =
  "It is of a host that is no part of the cache, or does not say which: what holds there shows nothing, what does not is a finding.";
