import type { CheckAt, Seen } from "./verified";

/** What a control is by its plan: `met` by the component, unless somebody looks and finds otherwise. */
export type DesignedStatus = "met" | "weakened" | "not applicable" | "alternative" | "organisation";

/**
 * What may be said of a control or a requirement:
 *
 * - `met`: everything that there is to look at was looked at, and holds;
 * - `partly met`: a part of it, and what is missing is named;
 * - `designed`: planned and deployed, but nobody has looked;
 * - `weakened`: by a choice of the user's;
 * - `not met`: somebody has looked, and it did not hold;
 * - `not applicable`, with its reason, where no paragraph in force is behind it;
 * - `alternative`: an addressable specification is met in another way (45 CFR 164.306(d)(3)), and nobody has attested who approved that;
 * - `organisation`: software can't do it, and nobody has attested that the organisation does.
 */
export type Status = "met" | "partly met" | "designed" | "not met" | DesignedStatus;

/** Whose part is missing: the organisation's, AWS's, or that of the hosts, which nobody has looked at. */
export type Part = "organisation" | "AWS" | "hosts";

const parts: readonly Part[] = ["organisation", "AWS", "hosts"];

/** What may be said of a control: the worse of what was planned and what was seen. */
export function statusOf(
  designed: DesignedStatus,
  { checks, findings }: Pick<Seen, "checks" | "findings">,
): { readonly status: Status; readonly missing: readonly Part[] } {
  const unseen = new Set(checks.filter(({ outcome }) => outcome === "not looked at").map(partOf));
  const missing = parts.filter((part) => unseen.has(part));
  if (findings.length > 0) return { status: "not met", missing };
  if (designed === "not applicable") return { status: designed, missing: [] };
  if (designed === "weakened") return { status: designed, missing };
  if (isLeftToOrganisation(designed) && !isOrganisationsPartSeen(checks))
    return { status: designed, missing: parts.filter((part) => part === "organisation" || unseen.has(part)) };
  if (!checks.some(holds)) return { status: "designed", missing };
  return { status: missing.length === 0 ? "met" : "partly met", missing };
}

/** To do, or to approve. */
function isLeftToOrganisation(status: Status): boolean {
  return status === "organisation" || status === "alternative";
}

/** By what people have attested; where nobody has to, since commands can tell, by all of these. */
function isOrganisationsPartSeen(checks: readonly CheckAt[]): boolean {
  const byPerson = checks.filter(({ by }) => by === "person");
  const telling = byPerson.length === 0 ? checks : byPerson;
  return telling.length > 0 && telling.every(holds);
}

function partOf({ by }: CheckAt): Part {
  return ({ person: "organisation", aws: "AWS", host: "hosts" } as const)[by];
}

function holds({ outcome }: CheckAt): boolean {
  return outcome === "holds";
}

/** A control, as a requirement that it answers sees it. */
export interface Answering {
  readonly id: string;
  readonly status: Status;
  readonly missing: readonly Part[];
}

/** What a requirement's status is, and the controls by which it is no better. */
export interface RequirementStatus {
  readonly status: Status;
  /** The controls that are not met, or weakened. */
  readonly because: readonly string[];
  /** Whose part is missing, and in which controls. */
  readonly missing: readonly { readonly part: Part; readonly controls: readonly string[] }[];
}

/** A requirement is as good as the worst of the controls that answer it. What is not applicable makes it neither better nor worse. */
export function worstOf(controls: readonly Answering[]): RequirementStatus {
  const status = worst(controls);
  return {
    status,
    because:
      status === "not met" || status === "weakened"
        ? controls.filter((control) => control.status === status).map(({ id }) => id)
        : [],
    missing: parts
      .map((part) => ({
        part,
        controls: controls.filter(({ missing }) => missing.includes(part)).map(({ id }) => id),
      }))
      .filter(({ controls: lacking }) => lacking.length > 0),
  };
}

function worst(controls: readonly Answering[]): Status {
  const statuses = new Set(controls.map(({ status }) => status));
  for (const one of ["not met", "weakened"] as const) if (statuses.has(one)) return one;
  statuses.delete("not applicable");
  const [only = "not applicable", ...others] = statuses;
  const isPartMissing = controls.some(({ missing }) => missing.length > 0);
  if (others.length === 0) return only === "met" && isPartMissing ? "partly met" : only;
  if ([...statuses].every(isLeftToOrganisation)) return "organisation";
  return statuses.has("met") || statuses.has("partly met") ? "partly met" : "designed";
}
