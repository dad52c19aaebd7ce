import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import { all, type CustomResourceOptions, type Output } from "@pulumi/pulumi";
import type { Account } from "../plan/secretPolicy";

/** The account that a component is deployed into, asked for through its own provider. */
export function ownAccount({ parent }: CustomResourceOptions): Output<Account> {
  const invoke = parent === undefined ? {} : { parent };
  return all([getPartitionOutput({}, invoke), getCallerIdentityOutput({}, invoke)]).apply(
    ([{ partition }, { accountId }]) => ({ partition, account: accountId }),
  );
}
