import { awsTypes } from "../awsTypes";
import { mustNot } from "../judging";
import { anyRefersTo, refersTo } from "../reference";
import { isMadeBy, ofCaches } from "../resource";
import type { StackRule } from "../rule";
import { compliant } from "../verdict";

export const cacheNetworkAclClosed: StackRule = {
  name: "cache-network-acl-closed",
  description: "Nothing adds an entry to a cache's network ACL, or puts another one on its subnets.",
  control: "flows-only",
  hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
  remediation: "Remove it: the cache's network ACL follows from its arguments.",
  types: [awsTypes.networkAclRule, awsTypes.networkAclAssociation, awsTypes.networkAcl, awsTypes.defaultNetworkAcl],
  judgeInStack(resource, stack) {
    if (isMadeBy("HipaaRedisCache", resource)) return compliant;
    if (resource.type === awsTypes.networkAclRule) {
      return mustNot(
        refersTo(resource, "networkAclId", ofCaches(stack, awsTypes.networkAcl)),
        "adds an entry to the network ACL of a cache",
      );
    }
    return mustNot(
      anyRefersTo(resource, ["subnetId", "subnetIds"], ofCaches(stack, awsTypes.subnet)),
      "puts another network ACL on the subnet of a cache",
    );
  },
};
