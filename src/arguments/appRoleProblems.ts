import { isRecord, optional, type Check } from "./check";
import type { ClientArguments } from "./clientArguments";
import { isLater, leaf } from "./leaves";
import { named } from "./named";
import { kindOf, type Problem } from "./problems";

/** A role of IAM's (IAM User Guide, "IAM identifiers") that is not under the path of caches' hosts. */
const roleArn = leaf(
  /^arn:aws[a-z-]*:iam::\d{12}:role\/(?!hipaa-redis\/)([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/,
  "Give the ARN of an IAM role of the application's own, such as \"arn:aws:iam::123456789012:role/web\". The role of a cache's host (role/hipaa-redis/…) can read a private key: it is not for applications.",
);

export const appRoleArn = optional(roleArn);

/** Of a policy nothing is shown. */
const policy: Check = (path, value) => {
  if (isLater(value)) return [];
  if (isPolicy(value)) return strangeCharacterProblems(path, value);
  const got = typeof value === "string" ? "a string that is no such JSON" : kindOf(value);
  const allowed = "Give an IAM policy as a string of JSON: an object with a Statement.";
  return [{ path, got, allowed }];
};

/** IAM takes no other characters (IAM API Reference, "PutRolePolicy", PolicyDocument). */
const strangeCharacter = /[^\t\n\r\u0020-\u00ff]/;

function strangeCharacterProblems(path: string, document: string): Problem[] {
  if (!strangeCharacter.test(document)) return [];
  const allowed =
    "IAM takes tabs, line breaks and the characters U+0020 to U+00FF: write others as \\u and four digits.";
  return [{ path, got: "a character that IAM refuses", allowed }];
}

/** Two of the same are two policies of one role. */
const namedPolicies = named("securityGroup", policy, "may repeat");

/** What all inline policies of one role may have together, white space not counted (IAM User Guide, "IAM and AWS STS quotas"). */
const mostPolicyCharacters = 10_240;

export const appPolicies = optional((path, value) => {
  const problems = namedPolicies(path, value);
  return problems.length > 0 ? problems : policyLengthProblems(path, value as Readonly<Record<string, unknown>>);
});

/** What is wrong with policies of one role together, as far as they are known. */
export function policyLengthProblems(path: string, documents: Readonly<Record<string, unknown>>): Problem[] {
  const lengths = Object.entries(documents).flatMap(([name, document]) =>
    typeof document === "string" ? [{ name, length: document.replaceAll(/\s/g, "").length }] : [],
  );
  const total = lengths.reduce((sum, { length }) => sum + length, 0);
  if (total <= mostPolicyCharacters) return [];
  const each = lengths.map(({ name, length }) => `${name} ${length}`).join(", ");
  const allowed =
    `IAM takes ${mostPolicyCharacters} in all inline policies of a role together, white space not counted: shorten them, or give ` +
    "appRoleArn, a role of your own, which may have managed policies as well.";
  return [{ path, got: `policies of ${total} characters (${each})`, allowed }];
}

function isPolicy(value: unknown): value is string {
  if (typeof value !== "string") return false;
  try {
    const read: unknown = JSON.parse(value);
    return isRecord(read) && (isRecord(read.Statement) || (Array.isArray(read.Statement) && read.Statement.length > 0));
  } catch {
    return false;
  }
}

/** A role is given, or made. */
export function twoRolesProblems(given: Partial<ClientArguments<unknown, unknown>>): Problem[] {
  if (given.appRoleArn === undefined || given.appPolicies === undefined) return [];
  const allowed = "Give one of the two: a role of your own, or the policies of one that is made for you.";
  return [{ path: "appPolicies", got: "policies beside appRoleArn", allowed }];
}
