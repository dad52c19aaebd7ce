import { awsTypes } from "../awsTypes";
import { mustNot } from "../judging";
import { refersTo } from "../reference";
import { isMadeBy, ofCaches } from "../resource";
import type { StackRule } from "../rule";
import { compliant } from "../verdict";

export const cacheSubnetAlone: StackRule = {
  name: "cache-subnet-alone",
  description: "Nothing but a cache's own nodes stands in its subnets.",
  control: "private-subnets",
  hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
  remediation: "Put it into a subnet of its own, such as appSubnetIds of HipaaNetwork.",
  types: [awsTypes.instance, awsTypes.networkInterface],
  judgeInStack: (resource, stack) =>
    isMadeBy("HipaaRedisCache", resource)
      ? compliant
      : mustNot(
          refersTo(resource, "subnetId", ofCaches(stack, awsTypes.subnet)),
          "stands in the subnet of a cache",
        ),
};
