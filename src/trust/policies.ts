import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import { getRegionOutput } from "@pulumi/aws/getRegion";
import { all, jsonStringify, type CustomResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { keyStatements, secretPolicy } from "../plan/secretPolicy";

/** The policies that AWS keeps with the cache's secrets and its key. */
export interface TrustPolicies {
  /** Of the secret of the host whose role has this path. */
  readonly ofSecret: (path: string) => Output<string>;
  readonly ofKey: Output<string>;
}

/** None without administrators: then the account's IAM alone decides. */
export function trustPolicies(
  cache: string,
  administratorArns: readonly Input<string>[] | undefined,
  { parent }: CustomResourceOptions,
): TrustPolicies | undefined {
  if (administratorArns === undefined) return undefined;
  const invoke = parent === undefined ? {} : { parent };
  const account = all([getPartitionOutput({}, invoke), getCallerIdentityOutput({}, invoke)]).apply(
    ([{ partition }, { accountId }]) => ({ partition, account: accountId }),
  );
  const known = all([account, getRegionOutput({}, invoke), all([...administratorArns])]);
  return {
    ofSecret: (path) =>
      jsonStringify(known.apply(([where, , administrators]) => secretPolicy(where, path, administrators))),
    ofKey: jsonStringify(
      known.apply(([where, { region }, administrators]) => ({
        Version: "2012-10-17",
        Statement: keyStatements({ ...where, cache, region }, administrators),
      })),
    ),
  };
}
