import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import { getRegionOutput } from "@pulumi/aws/getRegion";
import { Key } from "@pulumi/aws/kms/key";
import { all, type CustomResourceOptions, type Output } from "@pulumi/pulumi";
import { nameTags, type Tags } from "./naming";

/** A key of the network's own that CloudWatch Logs may use for its log groups. */
export function createFlowLogKey(name: string, tags: Tags, opts: CustomResourceOptions): Output<string> {
  const invoke = opts.parent === undefined ? {} : { parent: opts.parent };
  const { accountId } = getCallerIdentityOutput({}, invoke);
  const { partition } = getPartitionOutput({}, invoke);
  const { region } = getRegionOutput({}, invoke);
  const key = new Key(
    name,
    {
      description: `Flow logs ${name}`,
      enableKeyRotation: true,
      policy: all([accountId, partition, region]).apply(([account, part, where]) =>
        JSON.stringify(letLogsUse({ account, partition: part, region: where })),
      ),
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
function letLogsUse(where: { account: string; partition: string; region: string }): object {
  const { account, partition, region } = where;
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
      },
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
