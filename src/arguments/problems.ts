import { counted } from "../plan/counted";
import { inspectedByStack } from "./inspectedByStack";

/** One thing that is wrong with an argument, in the words of the person who has to fix it. */
export interface Problem {
  /** The argument's path, such as `subnets[0].cidrBlock`. */
  readonly path: string;
  /** What was got, quoted; never a secret. */
  readonly got: string;
  /** What is allowed, and what to do. */
  readonly allowed: string;
}

/**
 * Thrown when arguments are not acceptable: before any resource is registered, with every problem of the call, not only the first.
 * Of a value that is only known later (a `pulumi.Output`) it is thrown when that is known, before any resource takes it.
 */
export class InvalidArgumentsError extends Error {
  readonly problems: readonly Problem[];
  /** Tells the Pulumi CLI that this is the user's to fix: it prints the message without a stack trace. */
  readonly __pulumiRunError = true;

  constructor(component: string, problems: readonly Problem[]) {
    const lines = problems.map(({ path, got, allowed }) => `  * ${path}: got ${got}. ${allowed}`);
    const message = `${component}: ${counted(problems.length, "argument problem")}:\n${lines.join("\n")}`;
    super(message);
    this.name = "InvalidArgumentsError";
    this.problems = problems;
    // Where it is thrown late, Pulumi puts the name of each input that waits for the value before the one message, one before the
    // other (`error serializing property "vpcId": …`, pulumi/pulumi#23423).
    Object.defineProperty(this, "message", { get: () => message, set: () => undefined });
    inspectedByStack(this);
  }
}

/** Throws an {@link InvalidArgumentsError} when there is any problem. */
export function throwIfAny(component: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new InvalidArgumentsError(component, problems);
}

/** How a value is shown in a problem: quoted, one line, cut at 60 characters. */
export function quoted(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return "an object (give a plain value: a pulumi.Output is known too late)";
  }
  const text = inOneLine(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** What JSON has no words for is told by its kind or in JavaScript's. */
function inOneLine(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "symbol") return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    return kindOf(value);
  }
}

/** What kind of value was got, where it could be anything, and is not shown. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
