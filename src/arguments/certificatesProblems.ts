import { planValidity } from "../plan/validity";
import type { CertificatesArguments } from "./certificatesArguments";
import { argumentsIn, optional, wholeNumber, type Check } from "./check";
import { quoted, type Problem } from "./problems";

/** Ten years. */
const mostHours = 87_600;

const hours = optional(wholeNumber(1, mostHours, "hours", " (ten years)."));

const each = argumentsIn<CertificatesArguments>({
  validityHours: hours,
  earlyRenewalHours: hours,
  authorityValidityHours: hours,
});

/** What is wrong with the lifetimes, by themselves and against each other. */
export const certificatesProblems: Check = (path, value) => {
  const problems = each(path, value);
  return problems.length > 0 ? problems : orderProblems(path, value as CertificatesArguments);
};

function orderProblems(path: string, given: CertificatesArguments): Problem[] {
  const { validityHours, earlyRenewalHours, authorityValidityHours } = planValidity(given);
  const early: Problem = {
    path: `${path}.earlyRenewalHours`,
    got: quoted(earlyRenewalHours),
    allowed: `It must be less than the ${validityHours} hours that a certificate lasts, or every pulumi up would renew it.`,
  };
  const authority: Problem = {
    path: `${path}.authorityValidityHours`,
    got: quoted(authorityValidityHours),
    allowed: `The authority must last at least twice as long as the certificates that it signs: ${2 * validityHours} hours.`,
  };
  return [
    ...(earlyRenewalHours < validityHours ? [] : [early]),
    ...(authorityValidityHours >= 2 * validityHours ? [] : [authority]),
  ];
}
