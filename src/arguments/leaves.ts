import { isRecord, type Check } from "./check";
import { quoted } from "./problems";

/** A text that may be known only later (a `pulumi.Output`): then it is judged when it is (`later.ts`). */
export function leaf(pattern: RegExp, allowed: string): Check {
  return (path, value) =>
    isLater(value) || (typeof value === "string" && pattern.test(value))
      ? []
      : [{ path, got: isRecord(value) ? "an object" : quoted(value), allowed }];
}

/** What the ids of a kind of AWS's resources look like. */
export function idPattern(prefix: string): RegExp {
  return new RegExp(`^${prefix}-[0-9a-f]{1,17}$`);
}

/** The id of an AWS resource. */
export function idOf(prefix: "ami" | "nat" | "sg" | "vpc"): Check {
  return leaf(idPattern(prefix), `Give an id such as "${prefix}-0123456789abcdef0".`);
}

/** Whether a value is an output or a promise of one. */
export function isLater(value: unknown): boolean {
  return isRecord(value) && (typeof value.apply === "function" || typeof value.then === "function");
}
