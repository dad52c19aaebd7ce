import { awsTypes } from "../awsTypes";
import { mustNot } from "../judging";
import { names } from "../naming";
import { isMadeBy, ofCaches } from "../resource";
import type { StackRule } from "../rule";
import { compliant } from "../verdict";

/** They are of a subnet, and stand in none. What routes and network ACLs do to it is other rules' matter. */
const elsewhere: readonly string[] = [
  awsTypes.networkAcl,
  awsTypes.networkAclAssociation,
  awsTypes.defaultNetworkAcl,
  awsTypes.routeTableAssociation,
  awsTypes.flowLog,
  awsTypes.tag,
];

export const cacheSubnetAlone: StackRule = {
  name: "cache-subnet-alone",
  description: "Nothing but a cache's own nodes is in its subnets.",
  control: "private-subnets",
  hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
  remediation: "Put it into a subnet of its own, such as appSubnetIds of HipaaNetwork.",
  note:
    "It judges every AWS type, at any depth of its properties: functions, load balancers, endpoints, attachments, subnet groups " +
    "and templates as well. A flow log of the subnet is allowed.",
  types: "aws",
  judgeInStack(resource, stack) {
    if (isMadeBy("HipaaRedisCache", resource) || elsewhere.includes(resource.type)) return compliant;
    const targets = ofCaches(stack, awsTypes.subnet);
    return mustNot(
      names(resource, {
        targets,
        by: /subnets?(Ids?|Arns?|Mappings?|Configurations?)?(\.|$)|vpcZoneIdentifiers$/i,
        anywhere: true,
      }),
      "is in the subnet of a cache",
    );
  },
};
