import { awsTypes } from "../awsTypes";
import { ofTypes, someMust } from "../judging";
import { refersTo, type Answer } from "../reference";
import { notKnown, valueAt, type StackResource } from "../resource";
import type { StackRule } from "../rule";

export const flowLogsEnabled: StackRule = {
  name: "vpc-flow-logs-enabled",
  description: "Each VPC logs what passes and what is refused.",
  control: "connection-log",
  hipaa: ["164.308(a)(1)(ii)(D)", "164.312(b)"],
  remediation: 'Add an aws.ec2.FlowLog with its vpcId and trafficType "ALL"; HipaaNetwork has one.',
  awsConfig: ["vpc-flow-logs-enabled"],
  cdkNag: ["VPCFlowLogsEnabled"],
  types: [awsTypes.vpc],
  judgeInStack: (vpc, stack) =>
    someMust(
      ofTypes(stack, [awsTypes.flowLog]).map((log) => logsAllOf(vpc, log)),
      "has no flow log of all its traffic",
    ),
};

/** What is accepted is the half that matters: a log of REJECT alone has no answer to who has read. */
function logsAllOf(vpc: StackResource, log: StackResource): Answer {
  const answer = refersTo(log, "vpcId", [vpc]);
  const traffic = valueAt(log.props, "trafficType");
  if (traffic === notKnown) return answer === "yes" ? "notKnown" : answer;
  return traffic === "ALL" ? answer : "no";
}
