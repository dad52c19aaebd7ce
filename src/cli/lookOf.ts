import type { Evidence } from "../evidence/evidence";
import type { Target } from "../evidence/target";
import { parseAttestations } from "../verify/attestations";
import { periodOf } from "../verify/extract/period";
import { checksLook, extractLook, patchesLook, type Look } from "../verify/look";
import { readTextFile } from "./files";

/** Which look is asked for, and for what. */
export interface LookOptions {
  readonly target: Target;
  readonly printScript?: true;
  readonly results?: string;
  readonly attestations?: string;
  readonly extract?: true;
  readonly patches?: true;
  readonly since?: string;
  readonly until?: string;
}

/** @throws Error that names the option, when they don't go together. */
export function lookOf(options: LookOptions, evidence: Evidence): Look {
  const { target, extract, patches, attestations, since, until } = options;
  if (extract === undefined && (since ?? until) !== undefined) {
    throw new Error("--since and --until go with --extract: the checks look at what is now.");
  }
  if (extract === undefined && patches === undefined) {
    const now = new Date();
    const given =
      attestations === undefined ? undefined : parseAttestations(readTextFile("--attestations", attestations), now);
    return checksLook(evidence, target, given);
  }
  if (target === "aws")
    throw new Error("--extract and --patches look at a host: give --target cache or --target client.");
  if (patches === true) return patchesLook(target, evidence.arguments);
  if ((options.printScript === true || options.results !== undefined) && (since === undefined || until === undefined)) {
    throw new Error(
      "--extract by a script needs --since and --until: both times the same, so that the results are those of the script.",
    );
  }
  return extractLook(target, periodOf(since, until, new Date()));
}

/** The record, and its entries as CSV beside it. */
export function recordFiles(out: string, record: object, csv?: string): [path: string, content: string][] {
  const json: [string, string] = [out, `${JSON.stringify(record, null, 2)}\n`];
  return csv === undefined ? [json] : [json, [`${out.replace(/\.json$/, "")}.csv`, csv]];
}
