import { awsTypes } from "../awsTypes";
import { judgeEach, judgeValue } from "../judging";
import { notKnown, valueAt, type StackResource } from "../resource";
import type { ResourceRule } from "../rule";
import { compliant, undecided, violation, worst, type Verdict } from "../verdict";

export const instanceNoPublicIp: ResourceRule = {
  name: "ec2-instance-no-public-ip",
  description: "Instances have no public address.",
  control: "private-subnets",
  hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
  remediation:
    "Leave associatePublicIpAddress out, give no Elastic IP to an instance, and go through a load balancer or a VPN.",
  awsConfig: ["ec2-instance-no-public-ip"],
  cdkNag: ["EC2InstanceNoPublicIp"],
  types: [awsTypes.instance, awsTypes.launchTemplate, awsTypes.eip, awsTypes.eipAssociation],
  judge(resource) {
    switch (resource.type) {
      case awsTypes.instance:
        return noPublicAddress(resource.props);
      case awsTypes.launchTemplate:
        return judgeEach(resource.props, "networkInterfaces", noPublicAddress);
      default:
        return noElasticIp(resource);
    }
  },
};

/** The AWS provider takes "true" as well in a launch template. */
function noPublicAddress(props: unknown): Verdict {
  return judgeValue(props, "associatePublicIpAddress", (value) =>
    value === true || value === "true" ? "gets a public address" : undefined,
  );
}

/** An Elastic IP of a NAT gateway names none of these. */
function noElasticIp({ props }: StackResource): Verdict {
  return worst(
    ["instance", "instanceId", "networkInterface", "networkInterfaceId"].map((path) => {
      const value = valueAt(props, path);
      if (value === undefined) return compliant;
      return value === notKnown
        ? undecided(`${path} is not known yet`)
        : violation("gives a public address to an instance");
    }),
  );
}
