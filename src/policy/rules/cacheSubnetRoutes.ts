import { awsTypes } from "../awsTypes";
import { mustNot } from "../judging";
import { leadsToPeers } from "../leadsToPeers";
import { names } from "../naming";
import { refersTo } from "../reference";
import { isMadeBy, ofCaches } from "../resource";
import type { StackRule } from "../rule";
import { compliant } from "../verdict";

export const cacheSubnetRoutes: StackRule = {
  name: "cache-subnet-routes",
  description:
    "Nothing adds a route to a cache's subnets but to its callers and servers outside of the VPC, or gives them another route table.",
  control: "private-subnets",
  hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
  remediation:
    "Remove it: the way out of a cache's subnet is its natGatewayId, and a route to hosts outside of the VPC leads to exactly " +
    "one of its appCidrBlocks, bastionCidrBlocks, dnsServers or timeServers.",
  note:
    "It judges every AWS type that names the route table: also what a VPN gateway, a route server or an endpoint puts into it. " +
    "Peering, transit gateways and VPNs reach a subnet only by a route. One by any of these three to a network that the cache lets in, or to a server that its nodes ask, is allowed.",
  types: "aws",
  judgeInStack(resource, stack) {
    if (isMadeBy("HipaaRedisCache", resource) || resource.type === awsTypes.tag) return compliant;
    if (leadsToPeers(resource, stack)) return compliant;
    if (resource.type === awsTypes.routeTableAssociation) {
      return mustNot(
        refersTo(resource, "subnetId", ofCaches(stack, awsTypes.subnet)),
        "gives the subnet of a cache another route table",
      );
    }
    const targets = ofCaches(stack, awsTypes.routeTable);
    return mustNot(
      names(resource, { targets, by: /routeTables?(Ids?)?$/i, anywhere: true }),
      "adds a route to the subnet of a cache",
    );
  },
};
