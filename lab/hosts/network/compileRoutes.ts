import { deviceName, internetDevice, type NetworkFacts, type RouteFacts, type SubnetFacts } from "./facts.js";
import { aclChain, routeChain } from "./chainNames.js";
import { matchSource } from "./matchPacket.js";

/**
 * A subnet's route table as two chains, the longest prefix first: where its hosts' packets may go, and what the
 * answers from the internet pass on their way back. Through a NAT gateway that is the network ACL of the gateway's
 * subnet, in and out, as well.
 */
export function compileRoutes(subnet: SubnetFacts, facts: NetworkFacts): string[] {
  const routes = [...subnet.routes].sort((a, b) => prefixLength(b) - prefixLength(a));
  return [
    chain(routeChain(subnet.id, "to"), [
      ...routes.flatMap((route) => outward(route, subnet, facts)),
      "counter name no_route drop",
    ]),
    chain(
      routeChain(subnet.id, "from"),
      routes.flatMap((route) => answers(route, subnet, facts)),
    ),
  ];
}

function prefixLength({ destination }: RouteFacts): number {
  return Number(destination.split("/")[1]);
}

function chain(name: string, lines: readonly string[]): string {
  return `chain ${name} {\n${lines.map((line) => `  ${line}`).join("\n")}\n}`;
}

function outward({ destination, target }: RouteFacts, subnet: SubnetFacts, facts: NetworkFacts): string[] {
  const to = matchSource("daddr", destination);
  switch (target.kind) {
    case "local":
      return [`${to} oifname != ${internetDevice} return`, `${to} counter name no_such_host drop`];
    case "natGateway":
      return [
        ...gatewayAcl(target.subnetId, subnet, facts).map((jump) => `${to} oifname ${internetDevice} ${jump}`),
        `${to} oifname ${internetDevice} return`,
      ];
    case "internetGateway": {
      const open = facts.interfaces.filter((each) => each.subnetId === subnet.id && each.hasPublicAddress);
      return [
        ...open.map(({ id }) => `${to} oifname ${internetDevice} iifname ${deviceName(id)} return`),
        `${to} counter name no_public_address drop`,
      ];
    }
    case "unreachable":
      return [`${to} counter name no_route drop comment "${target.why}"`];
  }
}

function answers({ destination, target }: RouteFacts, subnet: SubnetFacts, facts: NetworkFacts): string[] {
  const from = matchSource("saddr", destination);
  const jumps = target.kind === "natGateway" ? gatewayAcl(target.subnetId, subnet, facts) : [];
  return [...jumps.map((jump) => `${from} ${jump}`), `${from} return`];
}

function gatewayAcl(gatewaySubnetId: string, subnet: SubnetFacts, { subnets }: NetworkFacts): string[] {
  const gatewaySubnet = subnets.find(({ id }) => id === gatewaySubnetId);
  if (gatewaySubnet === undefined || gatewaySubnetId === subnet.id) return [];
  const { networkAclId } = gatewaySubnet;
  return [`jump ${aclChain(networkAclId, false)}`, `jump ${aclChain(networkAclId, true)}`];
}
