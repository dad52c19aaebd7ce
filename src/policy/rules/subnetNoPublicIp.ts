import { awsTypes } from "../awsTypes";
import { judgeValue } from "../judging";
import type { ResourceRule } from "../rule";

export const subnetNoPublicIp: ResourceRule = {
  name: "subnet-auto-assign-public-ip-disabled",
  description: "Subnets give no public address to what is put into them.",
  control: "private-subnets",
  hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
  remediation: "Leave mapPublicIpOnLaunch out, or set it to false.",
  awsConfig: ["subnet-auto-assign-public-ip-disabled"],
  cdkNag: ["VPCSubnetAutoAssignPublicIpDisabled"],
  types: [awsTypes.subnet],
  judge: ({ props }) =>
    judgeValue(props, "mapPublicIpOnLaunch", (value) => (value === true ? "assigns public addresses" : undefined)),
};
