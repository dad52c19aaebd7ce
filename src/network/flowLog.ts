import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup";
import { FlowLog } from "@pulumi/aws/ec2/flowLog";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { interpolate, jsonStringify, type CustomResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import type { NetworkPlan } from "../plan/networkPlan";
import type { Account } from "../plan/secretPolicy";
import { ownAccount } from "../resources/ownAccount";
import { createFlowLogKey } from "./flowLogKey";
import { nameTags } from "../resources/nameTags";

/** Logs every connection of the VPC, accepted and refused. */
export function createFlowLog(
  plan: NetworkPlan<Input<string>>,
  vpcId: Input<string>,
  region: Output<string>,
  opts: CustomResourceOptions,
): void {
  const { tags } = plan;
  const name = `${plan.name}-flow-log`;
  const named = nameTags(tags, name);
  // Logs that must be kept are of no use without the key that they are encrypted with.
  const kept = { ...opts, retainOnDelete: plan.keepsFlowLogs };
  const account = ownAccount(opts);
  const kmsKeyId = createFlowLogKey(name, account, region, tags, kept);
  const group = new LogGroup(name, { retentionInDays: plan.flowLogRetentionDays, kmsKeyId, tags: named }, kept);
  const assumeRolePolicy = account.apply((own) => JSON.stringify(trustFlowLogs(own)));
  const role = new Role(name, { assumeRolePolicy, tags: named }, opts);
  const policy = new RolePolicy(
    name,
    {
      role: role.id,
      policy: jsonStringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: writeLogs, Resource: [group.arn, interpolate`${group.arn}:*`] },
          { Effect: "Allow", Action: listLogGroups, Resource: "*" },
        ],
      }),
    },
    opts,
  );
  new FlowLog(
    name,
    { vpcId, trafficType: "ALL", logDestination: group.arn, iamRoleArn: role.arn, tags: named },
    { ...opts, dependsOn: [policy] },
  );
}

const writeLogs = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"];

/** It has no resource to narrow it down to (Service Authorization Reference, "Amazon CloudWatch Logs"). */
const listLogGroups = ["logs:DescribeLogGroups"];

/** For flow logs of this account alone (VPC User Guide, "IAM role for publishing flow logs to CloudWatch Logs"). */
function trustFlowLogs({ partition, account }: Account): object {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Condition: {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: { "aws:SourceArn": `arn:${partition}:ec2:*:${account}:vpc-flow-log/*` },
        },
      },
    ],
  };
}
