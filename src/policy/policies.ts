import type { Policies, Policy, PolicyResource, ReportViolation, ResourceValidationPolicy } from "@pulumi/policy";
import { fromEngine, fromEngineStack } from "./fromEngine";
import type { StackResource } from "./resource";
import { judges, type ResourceRule, type Rule, type StackRule } from "./rule";
import { rules } from "./rules";
import { notKnownYet } from "./ruleOfUnknowns";
import { recordVariable, runRecorder, type RunRecorder } from "./runRecord";
import type { Verdict } from "./verdict";

/**
 * The policies for a policy pack of Pulumi's, which guards a whole stack with caches in it:
 *
 *     new PolicyPack("hipaa-redis", { policies: hipaaRedisPolicies() });
 *
 * Each rule is one policy that refuses the update (`mandatory`); in Pulumi's own configuration of policy packs you can make it
 * advisory or switch it off. One more policy, `not-known-yet`, is advisory: it reports what cannot be judged yet, because the
 * engine has no value for it.
 *
 * With the environment variable `HIPAA_REDIS_POLICY_RECORD`, an absolute path, the run writes a record of itself there as JSON:
 * rules, resources, violations, and what was switched off. `verify --all` takes it into its bundle.
 *
 * @throws Error when that variable has no absolute path.
 */
export function hipaaRedisPolicies(): Policies {
  const resourceRules = rules.filter((rule) => "judge" in rule);
  const stackRules = rules.filter((rule) => "judgeInStack" in rule);
  const recorder = runRecorder([...rules.map(judgedRule), unknowns], process.env[recordVariable]);
  const violation = (rule: Rule): Telling => ({ policy: rule.name, tell: tellViolation, recorder });
  const undecided: Telling = { policy: notKnownYet.name, tell: tellUndecided, recorder };
  return [
    ...resourceRules.map((rule) => ({ ...policyOf(rule), ...onEachResource([rule], violation(rule)) })),
    ...stackRules.map((rule) => ({ ...policyOf(rule), ...onStack([rule], violation(rule)) })),
    {
      ...policyOf(notKnownYet),
      enforcementLevel: "advisory",
      ...onEachResource(resourceRules, undecided),
      ...onStack(stackRules, undecided),
    },
  ];
}

function judgedRule(rule: Rule): Parameters<typeof runRecorder>[0][number] {
  return { name: rule.name, enforcementLevel: "mandatory", scope: "judge" in rule ? "resource" : "stack" };
}

const unknowns = { name: notKnownYet.name, enforcementLevel: "advisory", scope: "both" } as const;

/** What a policy tells of its rules, and who takes note of it. */
interface Telling {
  readonly policy: string;
  readonly tell: Tell;
  readonly recorder: RunRecorder;
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
  { policy, tell, recorder }: Telling,
): Required<Pick<ResourceValidationPolicy, "validateResource">> {
  return {
    validateResource(args, report) {
      const resource = fromEngine(args);
      recorder.asked(policy, [resource]);
      for (const rule of applied.filter((one) => judges(one, resource.type))) {
        const told = tell(rule.judge(resource), rule, resource);
        if (told === undefined) continue;
        recorder.told(policy, resource, told);
        report(told);
      }
      recorder.judged("resource");
    },
  };
}

function onStack(
  applied: readonly StackRule[],
  { policy, tell, recorder }: Telling,
): { validateStack: (args: { resources: PolicyResource[] }, report: ReportViolation) => void } {
  return {
    validateStack(args, report) {
      const stack = fromEngineStack(args.resources);
      recorder.asked(policy, stack);
      for (const rule of applied) {
        for (const resource of stack.filter(({ type }) => judges(rule, type))) {
          const told = tell(rule.judgeInStack(resource, stack), rule, resource);
          if (told === undefined) continue;
          recorder.told(policy, resource, told);
          report(told, resource.urn);
        }
      }
      recorder.judged("stack");
    },
  };
}
