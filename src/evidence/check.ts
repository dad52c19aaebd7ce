import type { HostKind } from "../plan/hostKinds";

/** One way to see whether a control holds. It changes nothing and prints no secret. */
export type Check = HostCheck | AwsCheck | PersonCheck;

/** A command on a running host. */
export interface HostCheck {
  /** It runs on a host. */
  readonly by: "host";
  /** The hosts that it holds for: the cache's node, the application's host, or both. */
  readonly hosts: readonly HostKind[];
  /** What it shows, as a statement. */
  readonly shows: string;
  /** A line for sh(1), to be run as root on the host. */
  readonly command: string;
  /** What the command does when all is well. */
  readonly expect: Expectation;
}

/** A command for the AWS CLI, with a role that may read (`SecurityAudit` is enough). */
export interface AwsCheck {
  /** It runs where the AWS CLI is signed in. */
  readonly by: "aws";
  /** What it shows, as a statement. */
  readonly shows: string;
  /** A line for sh(1). */
  readonly command: string;
  /** What the command does when all is well. */
  readonly expect: Expectation;
}

/** What software can't see: somebody looks, and signs. */
export interface PersonCheck {
  /** A person does it. */
  readonly by: "person";
  /** What it shows, as a statement. */
  readonly shows: string;
}

/** What a command does when all is well: prints lines that match an expression, prints nothing, or ends in failure. */
export type Expectation = { readonly prints: string } | { readonly printsNothing: true } | { readonly fails: true };

/** What became of a check's command. */
export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
}

/** Whether a command did what was expected. What it printed is judged line by line. One that could not run never has. */
export function meets(expect: Expectation, result: CommandResult): boolean {
  if (!hasRun(result)) return false;
  if ("fails" in expect) return result.exitCode !== 0;
  if (result.exitCode !== 0) return false;
  return "prints" in expect ? new RegExp(expect.prints, "m").test(result.stdout) : result.stdout.trim() === "";
}

/**
 * Whether a command came to its own end. timeout(1) answers from 124 to 125 or 137 when it had to end it, a shell 126 or 127
 * when there is no such program.
 */
export function hasRun({ exitCode }: CommandResult): boolean {
  return !(exitCode >= 124 && exitCode <= 127) && exitCode !== 137;
}

/** An expectation in words. */
export function inWords(expect: Expectation): string {
  if ("fails" in expect) return "the command fails";
  return "prints" in expect ? `prints \`${expect.prints}\`` : "prints nothing";
}

/** What regular expressions take as more than itself is taken literally. */
export function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** A whole number from 0 to the most that is allowed, as a regular expression. */
export function upTo(most: number): string {
  const digits = String(most);
  const shorter = digits.length > 1 ? [String.raw`\d{1,${digits.length - 1}}`] : [];
  const lower = Array.from(digits).flatMap((digit, place) => {
    const rest = String.raw`\d`.repeat(digits.length - place - 1);
    return digit === "0" ? [] : [`${digits.slice(0, place)}[0-${Number(digit) - 1}]${rest}`];
  });
  return `(${[...shorter, ...lower, digits].join("|")})`;
}

/** A check on hosts that a command prints what an expression matches. */
export function onHost(hosts: readonly HostKind[], shows: string, command: string, prints: string): HostCheck {
  return { by: "host", hosts, shows, command, expect: { prints } };
}

/** A check in AWS that a command prints what an expression matches. */
export function inAws(shows: string, command: string, prints: string): AwsCheck {
  return { by: "aws", shows, command, expect: { prints } };
}

/** A check by somebody who looks. */
export function byPerson(shows: string): PersonCheck {
  return { by: "person", shows };
}
