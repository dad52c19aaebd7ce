import { assess, type Assessment } from "../../../src/evidence/assess.js";
import { evidenceDigest } from "../../../src/evidence/digest.js";
import type { Evidence } from "../../../src/evidence/evidence.js";
import type { RecordedCheck, VerificationRecord } from "../../../src/evidence/record.js";
import type { GivenRecord } from "../../../src/evidence/records.js";
import { statusOfChecks } from "../../../src/evidence/recordSum.js";
import type { Target } from "../../../src/evidence/target.js";
import { sampleEvidence } from "../../support/sample.js";

/** When it was looked, and when the report is written. */
export const looked = "2026-11-20T00:00:00.000Z";
export const now = new Date("2026-11-22T01:02:03Z");

/** The sample in an account that could be one of AWS's. */
export function evidenceOfAws(change: Parameters<typeof sampleEvidence>[0] = {}): Evidence {
  const text = JSON.stringify(sampleEvidence(change)).replaceAll("000000000000", "123456789012");
  return JSON.parse(text) as Evidence;
}

/** What each target says of itself where all is well. */
export const hosts = {
  cache: "i-0123456789abcdef0 ip-10-0-0-100",
  client: "i-0b web.client.sessions.hipaa-redis.internal web",
  aws: "123456789012 https://sts.us-east-1.amazonaws.com laptop",
} as const satisfies Record<Target, string>;

/** A record of somebody who looked at a target and found that every check holds; asked of people too, where that is said. */
export function heldRecord(
  evidence: Evidence,
  target: Target,
  change: Partial<VerificationRecord> = {},
  asksPeople = false,
): VerificationRecord {
  const controls = assess(evidence).controls.map(({ id, title, hipaa, checks }) => {
    const own = checks.filter((check) => {
      if (check.by === "host") return target !== "aws" && check.hosts.includes(target);
      return check.by === "person" ? asksPeople : target === "aws";
    });
    const held = own.map(({ by, shows }): RecordedCheck => ({ by, shows, holds: true, expected: "x", found: "x" }));
    return {
      id,
      title,
      hipaa,
      status: held.length === 0 ? ("not looked at" as const) : ("holds" as const),
      checks: held,
    };
  });
  return {
    schemaVersion: 2,
    tool: "pulumi-hipaa-redis",
    date: looked,
    cache: evidence.cache,
    target,
    place: "a test",
    host: hosts[target],
    nonce: "0b",
    evidenceSha256: evidenceDigest(evidence),
    findings: [],
    deviations: [],
    controls,
    ...change,
  };
}

/** Looks at the nodes of a cache, and what is assessed of them: a check, by what it shows, found what a node was then. */
export function looksAtNodes(
  evidence: Evidence,
  shows: string,
): {
  readonly lookedAt: (index: number, found: string, date?: string) => VerificationRecord;
  readonly assessed: (...records: readonly VerificationRecord[]) => Assessment;
} {
  return {
    lookedAt: (index, found, date = looked) => {
      const record = heldRecord(evidence, "cache", { host: `i-0123456789abcdef${index} ip-${index}`, date });
      const controls = record.controls.map((control) => ({
        ...control,
        checks: control.checks.map((check) => (check.shows === shows ? { ...check, found } : check)),
      }));
      return { ...record, controls };
    },
    assessed: (...records) => assess(evidence, { date: now, verifications: records.map((one) => signed(one)) }),
  };
}

/** The same with these words for what people have attested of a control. */
export function withAttested(record: VerificationRecord, control: string, found: string): VerificationRecord {
  return withChecks(record, control, (check) => (check.by === "person" ? { ...check, found } : check));
}

/** The same where one check of one control did not hold; whatever the record itself sums up. */
export function withFinding(
  record: VerificationRecord,
  control: string,
  shows: string,
  found = "y",
): VerificationRecord {
  return withChecks(record, control, (check) => (check.shows === shows ? { ...check, holds: false, found } : check));
}

/** The same with what `verify` would have written of it. */
export function summedUp(record: VerificationRecord): VerificationRecord {
  const controls = record.controls.map((one) => ({ ...one, status: statusOfChecks(one.checks) }));
  return { ...record, controls, findings: controls.filter(({ status }) => status === "finding").map(({ id }) => id) };
}

function withChecks(
  record: VerificationRecord,
  control: string,
  change: (check: RecordedCheck) => RecordedCheck,
): VerificationRecord {
  const controls = record.controls.map((one) =>
    one.id === control ? { ...one, checks: one.checks.map(change) } : one,
  );
  return { ...record, controls };
}

export function signed(record: VerificationRecord, name = "record.json"): GivenRecord {
  return { name, record, signature: { signedBy: "ada" } };
}
