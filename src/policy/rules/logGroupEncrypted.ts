import { awsTypes } from "../awsTypes";
import { mustBeGiven } from "../judging";
import type { ResourceRule } from "../rule";

export const logGroupEncrypted: ResourceRule = {
  name: "log-group-encrypted",
  description: "Log groups are encrypted with a KMS key of your own.",
  control: "connection-log",
  hipaa: ["164.312(a)(2)(iv)"],
  remediation: "Set kmsKeyId to a key whose policy lets CloudWatch Logs use it.",
  cdkNag: ["CloudWatchLogGroupEncrypted"],
  types: [awsTypes.logGroup],
  judge: ({ props }) => mustBeGiven(props, "kmsKeyId"),
};
