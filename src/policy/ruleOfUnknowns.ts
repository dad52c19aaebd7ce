import type { RuleText } from "./rule";

/** Not a rule by itself: what it tells is that a rule could not judge. */
export const notKnownYet: Omit<RuleText, "types" | "control"> = {
  name: "not-known-yet",
  description: "Tells what the other rules cannot judge before the update, so that silence means compliance.",
  hipaa: ["164.308(a)(8)"],
  remediation: "Nothing to do: it is judged when its value is known, during the update.",
};
