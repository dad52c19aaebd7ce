import type { Evidence } from "../evidence/evidence";
import type { Period } from "../evidence/journalCommands";
import type { CommandResult } from "../evidence/check";
import type { Target } from "../evidence/target";
import type { HostKind } from "../plan/hostKinds";
import { defaultEngine } from "../plan/engine";
import { lastSecurityFix } from "../plan/serverVersions";
import { defaultTunnelEngine } from "../plan/tunnel";
import type { Attestation } from "./attestations";
import { entriesCsv } from "./extract/csv";
import { extractCommands, extractOf, extractText, isWhole } from "./extract/extract";
import { patchCommands, patchesOf, patchesText } from "./patches/patches";
import type { About } from "./recordHead";
import { verificationText } from "./table";
import { targetChecks, verification } from "./verification";

/** What is asked of a host, or of AWS, and what is made of the answers. */
export interface Look {
  readonly target: Target;
  readonly commands: readonly string[];
  readonly judge: (results: readonly (CommandResult | undefined)[], about: About) => Looked;
}

export interface Looked {
  /** What is signed, and kept. */
  readonly record: object;
  /** The same for a terminal. */
  readonly text: string;
  /** Its entries as CSV, where it has any. */
  readonly csv?: string;
  /** Nothing is amiss, and nothing is missing. */
  readonly isClean: boolean;
}

/** The checks of every control. */
export function checksLook(evidence: Evidence, target: Target, attestations?: readonly Attestation[]): Look {
  const checks = targetChecks(evidence, target);
  const judge: Look["judge"] = (results, about) => {
    const record = verification(checks, results, { ...about, ...(attestations === undefined ? {} : { attestations }) });
    return {
      record,
      text: verificationText(record, terminalColumns(process.stdout)),
      isClean: record.findings.length === 0,
    };
  };
  return { target, commands: checks.commands, judge };
}

/** What a host's journals tell of a period. */
export function extractLook(target: HostKind, period: Period): Look {
  const judge: Look["judge"] = (results, about) => {
    const record = extractOf(target, period, results, about);
    return { record, text: extractText(record), csv: entriesCsv(record.entries), isClean: isWhole(record) };
  };
  return { target, commands: extractCommands(period), judge };
}

/** Which versions a host has, and which security updates wait. */
export function patchesLook(target: HostKind, given: Evidence["arguments"]): Look {
  const { tunnel = defaultTunnelEngine, engine = defaultEngine } = given;
  const fix = lastSecurityFix(given);
  const judge: Look["judge"] = (results, about) => {
    const record = patchesOf(target, results, about, fix);
    const isClean =
      record.pendingSecurityUpdates.length === 0 &&
      record.restart.due !== true &&
      record.server?.isTooOld !== true &&
      record.gaps.length === 0;
    return { record, text: patchesText(record), isClean };
  };
  return { target, commands: patchCommands(target, tunnel, engine, fix), judge };
}

/** How wide the terminal is; undefined where none is there to read. */
function terminalColumns({ columns }: { readonly columns?: number }): number | undefined {
  return columns;
}
