import { awsTypes } from "../awsTypes";
import { mustNot } from "../judging";
import { refersTo } from "../reference";
import { isMadeBy, ofCaches } from "../resource";
import type { StackRule } from "../rule";
import { compliant } from "../verdict";

export const cacheSubnetRoutes: StackRule = {
  name: "cache-subnet-routes",
  description: "Nothing adds a route to a cache's subnets, or gives them another route table.",
  control: "private-subnets",
  hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
  remediation: "Remove it: the way out of a cache's subnet is its natGatewayId.",
  types: [awsTypes.route, awsTypes.routeTableAssociation],
  judgeInStack(resource, stack) {
    if (isMadeBy("HipaaRedisCache", resource)) return compliant;
    return resource.type === awsTypes.route
      ? mustNot(
          refersTo(resource, "routeTableId", ofCaches(stack, awsTypes.routeTable)),
          "adds a route to the subnet of a cache",
        )
      : mustNot(
          refersTo(resource, "subnetId", ofCaches(stack, awsTypes.subnet)),
          "gives the subnet of a cache another route table",
        );
  },
};
