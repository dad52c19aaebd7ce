/** Names of nftables chains and counters for EC2 ids, which contain characters that nft does not take. */
export function aclChain(networkAclId: string, egress: boolean): string {
  return `${identifier(networkAclId)}_${egress ? "out" : "in"}`;
}

export function securityGroupChain(interfaceId: string, direction: "egress" | "ingress"): string {
  return `groups_${identifier(interfaceId)}_${direction === "egress" ? "out" : "in"}`;
}

export function routeChain(subnetId: string, direction: "to" | "from"): string {
  return `routes_${direction}_internet_${identifier(subnetId)}`;
}

function identifier(id: string): string {
  return id.replaceAll(/\W/g, "_");
}
