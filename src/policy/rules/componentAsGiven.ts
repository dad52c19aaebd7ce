import { judgeGiven } from "../asGiven";
import type { StackRule } from "../rule";

export const componentAsGiven: StackRule = {
  name: "component-as-given",
  description: "What is inside a component of this library was made by it, and no transform has opened it.",
  control: "flows-only",
  hipaa: ["164.308(a)(4)(i)", "164.312(a)(1)", "164.312(e)(1)"],
  remediation:
    "Give it another parent, or leave it to the component's arguments; a transform may change what docs/policy.md calls free.",
  note:
    "The other rules trust a component's own resources. Each component notes what it gives them before transforms, and this rule " +
    "compares everything with that, certificates, keys and passwords too, except what is free (below).",
  types: "components",
  judgeInStack: judgeGiven,
};
