import { planRotation, type Generations } from "../../plan/rotation";
import type { DeployedCertificate, Evidence } from "../evidence";
import { sheet, type Sheet } from "./sheet";

/** An evidence of a cache, of now or of earlier. */
export interface DatedEvidence {
  /** What the sheet calls it, such as the name of its file. */
  readonly name: string;
  /** What it says. */
  readonly evidence: Evidence;
  /** When signed records of `verify` were made that were judged by it, and signed by who may sign now: RFC 3339, UTC. Without one, nobody vouches for earlier evidence. */
  readonly looks: readonly string[];
}

const columns = ["kind", "name", "now", "validFrom", "validUntil", "knownFrom", "inUseOnOrAfter", "seenInUse"] as const;

type Row = Readonly<Record<(typeof columns)[number], string>>;

/**
 * The generations in use and the dates of certificates, now and in earlier evidence. An evidence has no date of its own: it is not older than
 * the youngest certificate in it, and it was in use when a signed record was judged by it. What was in between, nobody knows from these. An earlier one of which there is no
 * signed record is a file that anybody could have written: the sheet says so.
 */
export function rotationHistory(now: DatedEvidence, previous: readonly DatedEvidence[] = []): Sheet {
  const named = previous.map((one) =>
    one.looks.length > 0 ? one : { ...one, name: `${one.name} (no signed record is of it)` },
  );
  const oldestFirst = [...named, now].sort((one, other) => youngest(one) - youngest(other));
  return sheet("rotation", columns, [
    ...generationRows("authority", now, oldestFirst, ({ authority }) => authority),
    ...generationRows("keys", now, oldestFirst, ({ keys }) => ({ current: keys, accepted: [keys] })),
    ...generationRows("passwords", now, oldestFirst, ({ passwords }) => passwords),
    ...certificateRows(now, oldestFirst),
  ]);
}

/**
 * That an earlier evidence is of the same cache.
 *
 * @throws Error when it is of another one, or of another deployment of one of this name.
 */
export function refuseOtherCache(now: Evidence, { name, evidence }: Pick<DatedEvidence, "name" | "evidence">): void {
  const { cache, deployed } = evidence;
  if (cache === now.cache && deployed.kmsKeyArn === now.deployed.kmsKeyArn) return;
  throw new Error(
    `--previous: ${name} is the evidence of the cache ${cache} with the key ${deployed.kmsKeyArn}, not of ${now.cache} with ${now.deployed.kmsKeyArn}. Give earlier evidence of the same cache.`,
  );
}

type Some =
  Pick<Generations, "current" | "accepted"> | { readonly current: string; readonly accepted: readonly string[] };

function generationRows(
  kind: string,
  now: DatedEvidence,
  all: readonly DatedEvidence[],
  pick: (plan: ReturnType<typeof planRotation>) => Some,
): Row[] {
  const of = ({ evidence }: DatedEvidence): { current: string; accepted: string[] } => {
    const { current, accepted } = pick(planRotation(evidence.arguments.rotation));
    return { current: String(current), accepted: accepted.map(String) };
  };
  const inUse = of(now);
  const names = new Set(all.flatMap((one) => of(one).accepted));
  return [...names].map((name) => ({
    kind,
    name,
    now: inUse.current === name ? "in use" : inUse.accepted.includes(name) ? "accepted" : "no longer accepted",
    validFrom: "",
    validUntil: "",
    ...known(
      all.filter((one) => of(one).accepted.includes(name)),
      all.filter((one) => of(one).current === name),
    ),
  }));
}

function certificateRows(now: DatedEvidence, all: readonly DatedEvidence[]): Row[] {
  const keysOf = ({ evidence }: DatedEvidence): string[] => evidence.deployed.certificates.map(keyOf);
  const certificates = all.flatMap(({ evidence }) => evidence.deployed.certificates);
  const distinct = new Map(certificates.map((one) => [keyOf(one), one]));
  return [...distinct]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, { name, validFrom, validUntil }]) => {
      const by = all.filter((one) => keysOf(one).includes(key));
      const isDeployed = keysOf(now).includes(key);
      const state = isDeployed ? "deployed" : "no longer deployed";
      return { kind: "certificate", name, now: state, validFrom, validUntil, ...known(by, by) };
    });
}

function keyOf({ name, validFrom, validUntil }: DeployedCertificate): string {
  return JSON.stringify([name, validFrom, validUntil]);
}

/** Which evidence has something; since when it was in use at the latest, and when somebody has looked. */
function known(
  has: readonly DatedEvidence[],
  uses: readonly DatedEvidence[],
): Pick<Row, "knownFrom" | "inUseOnOrAfter" | "seenInUse"> {
  return {
    knownFrom: has.map(({ name }) => name).join(", "),
    inUseOnOrAfter: uses
      .slice(0, 1)
      .map((one) => new Date(youngest(one)).toISOString().slice(0, 10))
      .join(""),
    seenInUse: [...new Set(uses.flatMap(({ looks }) => looks).map((date) => date.slice(0, 10)))].sort().join(", "),
  };
}

/** When the youngest certificate of an evidence was made: the evidence is not older. */
function youngest({ evidence }: DatedEvidence): number {
  return Math.max(0, ...evidence.deployed.certificates.map(({ validFrom }) => Date.parse(validFrom)));
}
