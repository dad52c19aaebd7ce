import type { CertificatesArguments } from "../arguments/certificatesArguments";

/** How long certificates last and when they are renewed, in hours as `@pulumi/tls` counts. */
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

/** Decides the lifetimes from arguments that have been found valid. */
export function planValidity(given: CertificatesArguments = {}): ValidityPlan {
  const validityHours = given.validityHours ?? defaultValidityHours;
  return {
    validityHours,
    earlyRenewalHours: given.earlyRenewalHours ?? Math.floor((validityHours * 2) / 3),
    authorityValidityHours: given.authorityValidityHours ?? Math.max(defaultAuthorityValidityHours, 2 * validityHours),
    authorityEarlyRenewalHours: validityHours,
  };
}
