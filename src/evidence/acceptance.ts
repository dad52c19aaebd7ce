import type { Status } from "./status";

/** What somebody has decided about a risk. */
export interface RiskAcceptance {
  /** The risk's id, such as `risk-tls`. */
  readonly risk: string;
  /** Of an argument, or of what a default leaves open: what was chosen when it was decided, as the risk register has it. Another choice is another risk. */
  readonly chosen?: string;
  /** Whether it is accepted, by a signed decision that is not due again. */
  readonly holds: boolean;
  /** In words: when, who, and what they say. */
  readonly found: string;
  /** Until when that holds: RFC 3339, UTC. */
  readonly until?: string;
}

/** The id by which a risk is named: of an argument, of what is left open, or of a control. */
export function riskId(name: string): string {
  return `risk-${name}`;
}

/** What was decided about a risk as it is here: of what is chosen now, and while its control is not "not met". */
export function acceptanceOf(
  {
    id,
    chosen,
    control,
  }: { readonly id: string; readonly chosen?: string; readonly control: { readonly status: Status } },
  acceptances: readonly RiskAcceptance[],
): RiskAcceptance | undefined {
  const decided = acceptances.filter(({ risk }) => risk === id);
  const same = decided.find((one) => one.chosen === chosen);
  if (same === undefined) return decided.map((one) => ofAnother(one, chosen)).at(0);
  if (!same.holds || control.status !== "not met") return same;
  return refused(same, "it does not hold while the control is not met");
}

function ofAnother(one: RiskAcceptance, chosen = "nothing"): RiskAcceptance {
  return refused(one, `it is of ${one.chosen ?? "nothing"}, and what is chosen is ${chosen}`);
}

/** What was decided, as of a day: none holds when it is due again. */
export function asOf(acceptances: readonly RiskAcceptance[], now: Date): RiskAcceptance[] {
  return acceptances.map((one) =>
    one.holds && one.until !== undefined && new Date(one.until) <= now
      ? refused(one, `due again since ${one.until.slice(0, 10)}`)
      : one,
  );
}

function refused({ risk, chosen, found }: RiskAcceptance, why: string): RiskAcceptance {
  return { risk, ...(chosen === undefined ? {} : { chosen }), holds: false, found: `${found}; ${why}` };
}
