import type { Check } from "./check";
import { zonePattern } from "../plan/region";
import { quoted, type Problem } from "./problems";
import { systemAccountOf } from "./systemAccounts";

interface NameRule {
  readonly pattern: RegExp;
  /** What may not be of that pattern. */
  readonly refused?: RegExp;
  readonly allowed: string;
}

/** A DNS label (RFC 1035, section 2.3.1) that leaves room for what is added to it. */
const label = "[a-z]([a-z0-9-]{0,28}[a-z0-9])?";
const giveLabel =
  "Give 1 to 30 lower-case letters, digits and hyphens, with a letter first and no hyphen last (it becomes a DNS label).";

function whole(pattern: string): RegExp {
  return new RegExp(`^${pattern}$`);
}

/** The kinds of name that reach a config file, a certificate or a resource name, and what each may be. */
export const nameRules = {
  component: {
    pattern: whole(label),
    refused: /^sg-/,
    allowed: `${giveLabel} It can't begin with sg-: EC2 refuses a security group of such a name.`,
  },
  client: {
    pattern: whole(label),
    allowed: giveLabel,
  },
  user: {
    pattern: /^[a-z][a-z0-9_-]{0,30}$/,
    allowed:
      "Give a Unix user name (useradd(8)): 1 to 31 lower-case letters, digits, _ and -, with a letter first (Debian's own may begin with _).",
  },
  securityGroup: {
    pattern: whole(label),
    allowed: "Give it a name of 1 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last.",
  },
  availabilityZone: {
    pattern: zonePattern,
    allowed: 'Give the name of an Availability Zone, such as "us-east-1a".',
  },
  instanceType: {
    pattern: /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/,
    allowed: 'Give an EC2 instance type, such as "m6i.large".',
  },
} as const satisfies Record<string, NameRule>;

/** What a cache's nodes and subnets are called: its name and a number. Nodes of shards have two, the shard's and their own. */
export const numberedName = whole(`${label}-\\d{1,3}(-\\d)?`);

/** A name of one of these kinds. */
export function nameOf(kind: keyof typeof nameRules): Check {
  return (path, value) => nameProblems(kind, path, value);
}

/** The problem with one name, or none. */
export function nameProblems(kind: keyof typeof nameRules, path: string, value: unknown): Problem[] {
  const rule: NameRule = nameRules[kind];
  if (typeof value !== "string" || !rule.pattern.test(value) || rule.refused?.test(value) === true) {
    return [{ path, got: quoted(value), allowed: rule.allowed }];
  }
  const owner = kind === "user" ? systemAccountOf(value) : undefined;
  if (owner !== undefined) {
    const allowed = `It is a system account or group, ${owner}: choose a name of your own.`;
    return [{ path, got: quoted(value), allowed }];
  }
  if (kind === "client" && value === "default") {
    const allowed = "It is Redis's own user for connections that name none: choose another name.";
    return [{ path, got: quoted(value), allowed }];
  }
  return [];
}
