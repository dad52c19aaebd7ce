import { awsTypes } from "../awsTypes";
import { judgeValue, ofTypes, someMust } from "../judging";
import { refersTo } from "../reference";
import type { StackRule } from "../rule";
import { worst } from "../verdict";

export const defaultSecurityGroupClosed: StackRule = {
  name: "vpc-default-security-group-closed",
  description: "The default security group of each VPC lets nothing in or out.",
  control: "flows-only",
  hipaa: ["164.312(e)(1)"],
  remediation:
    "Add new aws.ec2.DefaultSecurityGroup(name, { vpcId, ingress: [], egress: [] }): it takes over the one AWS made.",
  awsConfig: ["vpc-default-security-group-closed"],
  cdkNag: ["VPCDefaultSecurityGroupClosed"],
  types: [awsTypes.vpc, awsTypes.defaultSecurityGroup],
  judgeInStack(resource, stack) {
    if (resource.type === awsTypes.defaultSecurityGroup) {
      return worst(
        ["ingress", "egress"].map((path) =>
          judgeValue(resource.props, path, (rules) =>
            Array.isArray(rules) && rules.length > 0 ? `has ${path} rules` : undefined,
          ),
        ),
      );
    }
    const groups = ofTypes(stack, [awsTypes.defaultSecurityGroup]);
    return someMust(
      groups.map((group) => refersTo(group, "vpcId", [resource])),
      "keeps AWS's default security group, which is open between its members and outwards",
    );
  },
};
