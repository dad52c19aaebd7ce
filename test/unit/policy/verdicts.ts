import type { Rule } from "../../../src/policy/rule.js";
import type { ComponentName, StackResource } from "../../../src/policy/resource.js";
import { rules } from "../../../src/policy/rules.js";
import type { Verdict } from "../../../src/policy/verdict.js";
import { resource } from "./stack.js";

/** A verdict as one text: `compliant`, `wrong: opens port 22 to ::/0` or `open: policy is not known yet`. */
export function said(verdict: Verdict): string {
  switch (verdict.kind) {
    case "compliant":
      return "compliant";
    case "violation":
      return `wrong: ${verdict.reason}`;
    case "undecided":
      return `open: ${verdict.because}`;
  }
}

function ruleNamed(name: string): Rule {
  const rule = rules.find((one) => one.name === name);
  if (rule === undefined) throw new Error(`There is no rule ${name}.`);
  return rule;
}

/** What a rule says of one resource, among others. */
export function judged(name: string, one: StackResource, others: readonly StackResource[] = []): string {
  const rule = ruleNamed(name);
  return said("judge" in rule ? rule.judge(one) : rule.judgeInStack(one, [...others, one]));
}

/** A resource that a component of this library has made. */
export function madeBy(
  component: ComponentName,
  type: string,
  props: Record<string, unknown>,
  name = "own",
): StackResource {
  const parents = `pulumi-hipaa-redis:index:${component}`;
  return { ...resource(type, props, { name }), urn: `urn:pulumi:test::test::${parents}$${type}::${name}` };
}
