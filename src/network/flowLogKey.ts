import { Key } from "@pulumi/aws/kms/key";
import { all, type CustomResourceOptions, type Output } from "@pulumi/pulumi";
import { accountGoverns, type Account } from "../plan/secretPolicy";
import { nameTags, type Tags } from "../resources/nameTags";

/** A key of the network's own that CloudWatch Logs may use for its log groups. */
export function createFlowLogKey(
  name: string,
  account: Output<Account>,
  region: Output<string>,
  tags: Tags,
  opts: CustomResourceOptions,
): Output<string> {
  const key = new Key(
    name,
    {
      description: `Flow logs ${name}`,
      enableKeyRotation: true,
      policy: all([account, region]).apply(([own, where]) => JSON.stringify(letLogsUse(own, where))),
      tags: nameTags(tags, name),
    },
    opts,
  );
  return key.arn;
}

/**
 * CloudWatch Logs User Guide, "Encrypt log data in CloudWatch Logs using AWS KMS": the account governs the key, and the
 * service uses it for log groups of this account alone.
 */
function letLogsUse(own: Account, region: string): object {
  const { account, partition } = own;
  return {
    Version: "2012-10-17",
    Statement: [
      accountGoverns(own),
      {
        Effect: "Allow",
        Principal: { Service: `logs.${region}.amazonaws.com` },
        Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
        Resource: "*",
        Condition: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": `arn:${partition}:logs:${region}:${account}:log-group:*`,
          },
        },
      },
    ],
  };
}
