import { awsTypes } from "../awsTypes";
import { judgeEach } from "../judging";
import { addUpToInternet, isInternet } from "../internet";
import { partsOfTheSame } from "../partOf";
import { isMadeBy, listAt, notKnown, valueAt, type StackResource } from "../resource";
import type { StackRule } from "../rule";
import { compliant, undecided, violation, worst, type Verdict } from "../verdict";

const destinations = ["destinationCidrBlock", "destinationIpv6CidrBlock", "cidrBlock", "ipv6CidrBlock"];

export const noUnrestrictedRouteToIgw: StackRule = {
  name: "no-unrestricted-route-to-internet-gateway",
  description: "No route table sends everything to an internet gateway, by one route or by several.",
  control: "private-subnets",
  hipaa: ["164.312(e)(1)"],
  remediation: "Route through a NAT gateway, or name the networks that are to be reached.",
  awsConfig: ["no-unrestricted-route-to-igw"],
  cdkNag: ["VPCNoUnrestrictedRouteToIGW"],
  note:
    "The one public route table of HipaaNetwork, for the bastion subnets where the NAT gateways stand, is authorised: " +
    "`cache-subnet-routes` keeps a cache's subnets off it.",
  types: [awsTypes.route, awsTypes.routeTable],
  judgeInStack(resource, stack) {
    if (isMadeBy("HipaaNetwork", resource)) return compliant;
    const alone =
      resource.type === awsTypes.route ? judgeRoute(resource.props) : judgeEach(resource.props, "routes", judgeRoute);
    return worst([alone, judgeInParts(resource, stack)]);
  },
};

/** Routes of one table may together send what none of them sends alone. */
function judgeInParts(resource: StackResource, stack: readonly StackResource[]): Verdict {
  const own = partsToGateway(resource);
  if (own.length === 0) return compliant;
  const table = partsOfTheSame(resource, stack, { types: [awsTypes.routeTable], by: "routeTableId" });
  const parts = table
    .filter((one) => one.type === awsTypes.route || one.type === awsTypes.routeTable)
    .flatMap(partsToGateway);
  if (!addUpToInternet(parts.map(({ destination }) => destination))) return compliant;
  return parts.some(({ gateway }) => gateway === notKnown)
    ? undecided("gatewayId is not known yet")
    : violation("sends, with other routes of its table, networks that add up to the internet to an internet gateway");
}

/** What it sends to a gateway that may be the internet's, but for what is the internet by itself. */
function partsToGateway({ type, props }: StackResource): { gateway: unknown; destination: unknown }[] {
  const routes = type === awsTypes.route ? [props] : listAt(props, "routes");
  if (routes === notKnown) return [];
  return routes.flatMap((route) => {
    const gateway = valueAt(route, "gatewayId");
    if (gateway === undefined || gateway === "local" || isVirtualPrivate(gateway)) return [];
    return destinations
      .map((path) => ({ gateway, destination: valueAt(route, path) }))
      .filter(({ destination }) => typeof destination === "string" && !isInternet(destination));
  });
}

function isVirtualPrivate(gateway: unknown): boolean {
  return typeof gateway === "string" && gateway.startsWith("vgw-");
}

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
      return isVirtualPrivate(gateway) ? compliant : violation(`sends ${String(destination)} to an internet gateway`);
    }),
  );
}
