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
 * Thrown before any resource is registered when arguments are not acceptable.
 * It lists every problem of the call, not only the first.
 */
export class InvalidArgumentsError extends Error {
  readonly problems: readonly Problem[];
  /** Tells the Pulumi CLI that this is the user's to fix: it prints the message without a stack trace. */
  readonly __pulumiRunError = true;

  constructor(component: string, problems: readonly Problem[]) {
    const lines = problems.map(({ path, got, allowed }) => `  * ${path}: got ${got}. ${allowed}`);
    super(`${component}: ${problems.length} argument problem(s):\n${lines.join("\n")}`);
    this.name = "InvalidArgumentsError";
    this.problems = problems;
  }
}

/** Throws an {@link InvalidArgumentsError} when there is any problem. */
export function refuse(component: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new InvalidArgumentsError(component, problems);
}

/** How a value is shown in a problem: quoted, one line, cut at 60 characters. */
export function quoted(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return "an object (a pulumi.Output can't decide a shape: give a plain value)";
  }
  const text = typeof value === "function" ? "a function" : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** What is wrong with an argument that is true, false or left out. */
export function flagProblems(path: string, value: unknown): Problem[] {
  if (value === undefined || typeof value === "boolean") return [];
  return [{ path, got: quoted(value), allowed: "Give true or false." }];
}

/** A name that an object may not have is a slip: what was meant by it would be left out in silence. */
export function otherNameProblems(path: string, value: object, names: readonly string[]): Problem[] {
  return Object.keys(value)
    .filter((name) => !names.includes(name))
    .map((name) => ({
      path: `${path}.${name}`,
      got: quoted((value as Record<string, unknown>)[name]),
      allowed: `There is no such argument. Give ${names.join(", ")}.`,
    }));
}
