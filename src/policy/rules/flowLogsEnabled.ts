import { awsTypes } from "../awsTypes";
import { ofTypes, someMust } from "../judging";
import { refersTo } from "../reference";
import type { StackRule } from "../rule";

export const flowLogsEnabled: StackRule = {
  name: "vpc-flow-logs-enabled",
  description: "Each VPC logs what passes and what is refused.",
  control: "connection-log",
  hipaa: ["164.308(a)(3)(ii)(A)", "164.312(b)"],
  remediation: 'Add an aws.ec2.FlowLog with its vpcId and trafficType "ALL"; HipaaNetwork has one.',
  awsConfig: ["vpc-flow-logs-enabled"],
  cdkNag: ["VPCFlowLogsEnabled"],
  types: [awsTypes.vpc],
  judgeInStack: (vpc, stack) =>
    someMust(
      ofTypes(stack, [awsTypes.flowLog]).map((log) => refersTo(log, "vpcId", [vpc])),
      "has no flow log",
    ),
};
