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
  if (isLater(value) || isPolicy(value)) return [];
  const got = typeof value === "string" ? "a string that is no such JSON" : kindOf(value);
  const allowed = "Give an IAM policy as a string of JSON: an object with a Statement.";
  return [{ path, got, allowed }];
};

/** Two of the same are two policies of one role. */
export const appPolicies = optional(named("securityGroup", policy, "may repeat"));

function isPolicy(value: unknown): boolean {
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
