import { awsTypes } from "../awsTypes";
import { valueAt } from "../resource";
import type { ResourceRule } from "../rule";
import { violationIf } from "../verdict";

/** Each of these puts the instance into a subnet, whatever its value turns out to be. */
const places = ["subnetId", "primaryNetworkInterface", "networkInterfaces"];

export const instanceInVpc: ResourceRule = {
  name: "ec2-instances-in-vpc",
  description: "Each instance names its subnet in a VPC.",
  control: "private-subnets",
  hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
  remediation: "Give subnetId, or a network interface: without one the account's default VPC is taken.",
  awsConfig: ["ec2-instances-in-vpc"],
  cdkNag: ["EC2InstancesInVPC"],
  types: [awsTypes.instance],
  judge: ({ props }) =>
    violationIf(
      places.every((place) => valueAt(props, place) === undefined),
      "names no subnet and no network interface",
    ),
};
