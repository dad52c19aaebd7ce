import { awsTypes } from "../awsTypes";
import { judgeEach } from "../judging";
import { isInternet } from "../internet";
import { isMadeBy, notKnown, valueAt } from "../resource";
import type { ResourceRule } from "../rule";
import { compliant, undecided, violation, worst, type Verdict } from "../verdict";

const destinations = ["destinationCidrBlock", "destinationIpv6CidrBlock", "cidrBlock", "ipv6CidrBlock"];

export const noUnrestrictedRouteToIgw: ResourceRule = {
  name: "no-unrestricted-route-to-internet-gateway",
  description: "No route table sends everything to an internet gateway.",
  control: "private-subnets",
  hipaa: ["164.312(e)(1)"],
  remediation: "Route through a NAT gateway, or name the networks that are to be reached.",
  awsConfig: ["no-unrestricted-route-to-igw"],
  cdkNag: ["VPCNoUnrestrictedRouteToIGW"],
  note:
    "The one public route table of HipaaNetwork, for the bastion subnets where the NAT gateways stand, is authorised: " +
    "`cache-subnet-routes` keeps a cache's subnets off it.",
  types: [awsTypes.route, awsTypes.routeTable],
  judge(resource) {
    if (isMadeBy("HipaaNetwork", resource)) return compliant;
    return resource.type === awsTypes.route
      ? judgeRoute(resource.props)
      : judgeEach(resource.props, "routes", judgeRoute);
  },
};

function judgeRoute(route: unknown): Verdict {
  const gateway = valueAt(route, "gatewayId");
  if (gateway === undefined || gateway === "local") return compliant;
  return worst(
    destinations.map((path) => {
      const destination = valueAt(route, path);
      if (destination === notKnown) return undecided(`${path} is not known yet`);
      if (!isInternet(destination)) return compliant;
      // Until its id is there it may as well be a virtual private gateway.
      if (gateway === notKnown) return undecided("gatewayId is not known yet");
      return typeof gateway === "string" && gateway.startsWith("vgw-")
        ? compliant
        : violation(`sends ${String(destination)} to an internet gateway`);
    }),
  );
}
