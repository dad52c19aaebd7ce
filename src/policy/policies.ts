import type { Policies, Policy, PolicyResource, ReportViolation, ResourceValidationPolicy } from "@pulumi/policy";
import { fromEngine, fromEngineStack } from "./fromEngine";
import type { StackResource } from "./resource";
import { judges, type ResourceRule, type Rule, type StackRule } from "./rule";
import { rules } from "./rules";
import { notKnownYet } from "./ruleOfUnknowns";
import type { Verdict } from "./verdict";

/**
 * The policies for a policy pack of Pulumi's, which guards a whole stack with caches in it:
 *
 *     new PolicyPack("hipaa-redis", { policies: hipaaRedisPolicies() });
 *
 * Each rule is one policy that refuses the update (`mandatory`); in Pulumi's own configuration of policy packs you can make it
 * advisory or switch it off. One more policy, `not-known-yet`, is advisory: it reports what cannot be judged yet, because the
 * engine has no value for it.
 */
export function hipaaRedisPolicies(): Policies {
  const resourceRules = rules.filter((rule) => "judge" in rule);
  const stackRules = rules.filter((rule) => "judgeInStack" in rule);
  return [
    ...resourceRules.map((rule) => ({ ...policyOf(rule), ...onEachResource([rule], tellViolation) })),
    ...stackRules.map((rule) => ({ ...policyOf(rule), ...onStack([rule], tellViolation) })),
    {
      ...policyOf(notKnownYet),
      enforcementLevel: "advisory",
      ...onEachResource(resourceRules, tellUndecided),
      ...onStack(stackRules, tellUndecided),
    },
  ];
}

type Tell = (verdict: Verdict, rule: Rule, resource: StackResource) => string | undefined;

const tellViolation: Tell = (verdict, rule, { name }) =>
  verdict.kind === "violation" ? `${name} ${verdict.reason}. ${rule.remediation} (control ${rule.control})` : undefined;

const tellUndecided: Tell = (verdict, rule, { name }) =>
  verdict.kind === "undecided" ? `${rule.name} cannot judge ${name}: ${verdict.because}.` : undefined;

function policyOf(rule: Pick<Rule, "name" | "description" | "hipaa" | "remediation">): Policy {
  return {
    name: rule.name,
    description: `${rule.description} (45 CFR ${rule.hipaa.join(", ")})`,
    enforcementLevel: "mandatory",
    remediationSteps: rule.remediation,
    framework: {
      name: "HIPAA Security Rule",
      version: "45 CFR Part 164, Subpart C",
      reference: rule.hipaa.join(", "),
      specification: rule.description,
    },
  };
}

function onEachResource(
  applied: readonly ResourceRule[],
  tell: Tell,
): Required<Pick<ResourceValidationPolicy, "validateResource">> {
  return {
    validateResource(args, report) {
      const resource = fromEngine(args);
      for (const rule of applied.filter((one) => judges(one, resource.type))) {
        const told = tell(rule.judge(resource), rule, resource);
        if (told !== undefined) report(told);
      }
    },
  };
}

function onStack(
  applied: readonly StackRule[],
  tell: Tell,
): { validateStack: (args: { resources: PolicyResource[] }, report: ReportViolation) => void } {
  return {
    validateStack(args, report) {
      const stack = fromEngineStack(args.resources);
      for (const rule of applied) {
        for (const resource of stack.filter(({ type }) => judges(rule, type))) {
          const told = tell(rule.judgeInStack(resource, stack), rule, resource);
          if (told !== undefined) report(told, resource.urn);
        }
      }
    },
  };
}
