import { awsTypes } from "../awsTypes";
import { judgeValue } from "../judging";
import type { ResourceRule } from "../rule";

export const logGroupRetention: ResourceRule = {
  name: "log-group-retention-period",
  description: "Log groups say how long they keep what they log.",
  control: "connection-log",
  hipaa: ["164.312(b)"],
  remediation: "Set retentionInDays to what your organisation has decided for its logs.",
  cdkNag: ["CloudWatchLogGroupRetentionPeriod"],
  types: [awsTypes.logGroup],
  judge: ({ props }) =>
    judgeValue(props, "retentionInDays", (days) => (days === undefined ? "has no retention period" : undefined)),
};
