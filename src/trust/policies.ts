import { all, jsonStringify, type CustomResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { ownAccount } from "../resources/ownAccount";
import { keyStatements, secretPolicy } from "../plan/secretPolicy";

/** The policies that AWS keeps with the cache's secrets and its key. */
export interface TrustPolicies {
  /** Of the secret of the host whose role has this path. */
  readonly ofSecret: (path: string) => Output<string>;
  readonly ofKey: Output<string>;
}

/**
 * Without administrators the account's IAM alone decides. That is said, not left out: the provider leaves a policy that is no longer given
 * as it is.
 */
export function trustPolicies(
  cache: string,
  region: Input<string>,
  administratorArns: readonly Input<string>[],
  opts: CustomResourceOptions,
): TrustPolicies {
  const known = all([ownAccount(opts), region, all([...administratorArns])]);
  return {
    ofSecret: (path) =>
      jsonStringify(known.apply(([where, , administrators]) => secretPolicy(where, path, administrators))),
    ofKey: jsonStringify(
      known.apply(([where, here, administrators]) => ({
        Version: "2012-10-17",
        Statement: keyStatements({ ...where, cache, region: here }, administrators),
      })),
    ),
  };
}
