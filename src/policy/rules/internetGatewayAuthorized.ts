import { awsTypes } from "../awsTypes";
import { mustNot } from "../judging";
import { refersTo } from "../reference";
import { isMadeBy } from "../resource";
import type { StackRule } from "../rule";
import { compliant } from "../verdict";

export const internetGatewayAuthorized: StackRule = {
  name: "internet-gateway-authorized-vpc-only",
  description: "A VPC of HipaaNetwork's has no internet gateway but its own.",
  control: "private-subnets",
  hipaa: ["164.312(e)(1)"],
  remediation: "Remove the gateway: the way out of a HipaaNetwork is its NAT gateways.",
  awsConfig: ["internet-gateway-authorized-vpc-only"],
  note: "A VPC that is not HipaaNetwork's is its owner's to authorise: `no-unrestricted-route-to-internet-gateway` guards it.",
  types: [awsTypes.internetGateway, awsTypes.internetGatewayAttachment],
  judgeInStack(gateway, stack) {
    if (isMadeBy("HipaaNetwork", gateway)) return compliant;
    const vpcs = stack.filter((one) => one.type === awsTypes.vpc && isMadeBy("HipaaNetwork", one));
    return mustNot(refersTo(gateway, "vpcId", vpcs), "is attached to a HipaaNetwork's VPC");
  },
};
