import type { Result } from "../figures/result.js";
import type { Profile } from "../profile/profile.js";
import { causes } from "./causes.js";
import { factsOf } from "./facts.js";
import { rounded } from "./rounded.js";

/** For each goal that is missed: what was counted on its way, and what would be needed. */
export function missedLines(results: readonly Result[], profiles: readonly Profile[]): string[] {
  const missed = results.filter(({ met }) => met === false);
  if (missed.length === 0) return [];
  const facts = factsOf(results, profiles);
  const items = causes.flatMap(({ title, goals, told }) => {
    const those = missed.filter(({ name }) => goals.test(name));
    if (those.length === 0) return [];
    const sentences = told(facts).filter((one) => one !== undefined);
    return [`- **${title}** (${bounds(those)}): ${sentences.join(" ")}`];
  });
  return [
    "#### Why goals are missed, and what would be needed",
    "",
    "In brackets, the missed figures and their goals. What follows is for an operation, from [the profile](#where-the-time-goes) and from",
    "[the other figures](#all-other-figures).",
    "",
    ...items,
    "",
  ];
}

/** The least and the greatest value of those that share a goal. */
function bounds(missed: readonly Result[]): string {
  const goals = [...new Set(missed.map(({ goal }) => goal))];
  return goals
    .map((goal) => {
      const those = missed.filter((one) => one.goal === goal);
      const values = those.map(({ value }) => value);
      const [least, greatest] = [rounded(Math.min(...values)), rounded(Math.max(...values))];
      const unit = those[0]?.unit ?? "ratio";
      const measured = `${least === greatest ? least : `${least} to ${greatest}`}${unit === "ratio" ? "" : ` ${unit}`}`;
      return `${measured} where the goal is ${goal ?? ""}`;
    })
    .join(", ");
}
