import { assess, type Assessment } from "../../../src/evidence/assess.js";
import type { CommandResult } from "../../../src/evidence/check.js";
import type { Attestation } from "../../../src/verify/attestations.js";
import type { targets } from "../../../src/evidence/target.js";
import type { VerificationRecord } from "../../../src/evidence/record.js";
import { verification } from "../../../src/verify/verification.js";
import { sampleEvidence } from "../../support/sample.js";
import { smallControls } from "../evidence/smallAssessment.js";

export const whole = assess(sampleEvidence({ operatorIdleLogoffMinutes: 60 }));
export const assessment: Assessment = { ...whole, controls: smallControls };
const date = new Date("2026-11-26T00:00:00Z");
export const about = { date, place: "a test", host: "i-0a host", nonce: "0b" };

export function judged(
  target: (typeof targets)[number],
  results: readonly (CommandResult | undefined)[],
  attestations?: readonly Attestation[],
): VerificationRecord {
  const asked = attestations === undefined ? {} : { attestations };
  return verification({ assessment, target, commands: [] }, results, { ...about, ...asked });
}
