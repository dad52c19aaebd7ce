import { otherNameProblems, quoted, type Problem } from "./problems";

/** How long certificates last and when they are renewed, in hours as `@pulumi/tls` counts. */
export interface ValidityShape {
  readonly validityHours?: number;
  readonly earlyRenewalHours?: number;
  readonly authorityValidityHours?: number;
}

export interface ValidityPlan {
  readonly validityHours: number;
  readonly earlyRenewalHours: number;
  readonly authorityValidityHours: number;
  /** As long as a certificate lasts: none ever outlives the authority that signs it. */
  readonly authorityEarlyRenewalHours: number;
}

/** 90 days: short, and with the renewal in the last 60 of them a monthly `pulumi up` is enough, one of them missed included. */
const defaultValidityHours = 90 * 24;

const defaultAuthorityValidityHours = 365 * 24;

/** Ten years. */
const mostHours = 87_600;

/** Decides the lifetimes from arguments that have been found valid. */
export function planValidity(shape: ValidityShape = {}): ValidityPlan {
  const validityHours = shape.validityHours ?? defaultValidityHours;
  return {
    validityHours,
    earlyRenewalHours: shape.earlyRenewalHours ?? Math.floor((validityHours * 2) / 3),
    authorityValidityHours:
      shape.authorityValidityHours ?? Math.max(defaultAuthorityValidityHours, 2 * validityHours),
    authorityEarlyRenewalHours: validityHours,
  };
}

const validityNames = ["validityHours", "earlyRenewalHours", "authorityValidityHours"] as const;

/** Everything that is wrong with the argument `certificates`. */
export function validityProblems(value: unknown): Problem[] {
  if (value === undefined) return [];
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [{ path: "certificates", got: quoted(value), allowed: "Give an object of hours." }];
  }
  const shape = value as ValidityShape;
  const problems = [
    ...otherNameProblems("certificates", value, validityNames),
    ...validityNames.flatMap((name) => hourProblems(`certificates.${name}`, shape[name])),
  ];
  return problems.length > 0 ? problems : orderProblems(planValidity(shape));
}

function hourProblems(path: string, value: unknown): Problem[] {
  if (value === undefined) return [];
  const whole = typeof value === "number" && Number.isInteger(value);
  if (whole && value >= 1 && value <= mostHours) return [];
  return [
    { path, got: quoted(value), allowed: `Give a whole number of hours from 1 to ${mostHours} (ten years).` },
  ];
}

function orderProblems(plan: ValidityPlan): Problem[] {
  const { validityHours, earlyRenewalHours, authorityValidityHours } = plan;
  const early: Problem = {
    path: "certificates.earlyRenewalHours",
    got: quoted(earlyRenewalHours),
    allowed: `It must be less than the ${validityHours} hours that a certificate lasts, or every pulumi up would renew it.`,
  };
  const authority: Problem = {
    path: "certificates.authorityValidityHours",
    got: quoted(authorityValidityHours),
    allowed: `The authority must last at least twice as long as the certificates that it signs: ${2 * validityHours} hours.`,
  };
  return [
    ...(earlyRenewalHours < validityHours ? [] : [early]),
    ...(authorityValidityHours >= 2 * validityHours ? [] : [authority]),
  ];
}
