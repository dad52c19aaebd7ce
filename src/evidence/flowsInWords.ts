import { withoutHostPrefix } from "../plan/cidr";
import { hasPort, type Flow, type Judge } from "../plan/flow";
import type { Deployed } from "./evidence";

/** Protocol and port of a flow, such as `TCP and UDP 53`, or type and code of ICMP. */
export function portInWords(flow: Flow): string {
  const protocols = flow.protocols.map((protocol) => protocol.toUpperCase()).join(" and ");
  return `${protocols} ${hasPort(flow) ? flow.port : `${flow.icmp.type}/${flow.icmp.code}`}`;
}

/** The networks at a flow's other side, and those that are one address as that. */
export function networksOf({ cidrBlocks }: Flow): string[] {
  return cidrBlocks.map(withoutHostPrefix);
}

/** The security groups that a flow is narrowed down to, each by its name and its id. */
export function groupsInWords(
  { securityGroups, clientGroups = [], amongNodes }: Flow,
  { clients, securityGroupId }: Deployed,
): string[] {
  return [
    ...(amongNodes === true ? [`the cache's own (${securityGroupId})`] : []),
    ...securityGroups.map(({ name, id }) => `${name} (${String(id)})`),
    ...clientGroups.map((client) => `${client} (${clientGroupId(clients, client)})`),
  ];
}

/** The group that the cache has made for a client. An evidence without it is not believed: no group is called so. */
export function clientGroupId(clients: Deployed["clients"], client: string): string {
  return clients.find(({ name }) => name === client)?.securityGroupId ?? "no group";
}

/** What decides about a flow. */
export function judgesInWords({ judges }: Flow): string {
  return judges.map((judge) => judgeWords[judge]).join(", ");
}

const judgeWords: Readonly<Record<Judge, string>> = {
  networkAcl: "network ACL",
  securityGroup: "security group",
  hostFirewall: "host firewall",
};

/** A flow in a sentence. */
export function flowInWords(flow: Flow, deployed: Deployed): string {
  const groups = groupsInWords(flow, deployed);
  const way = flow.direction === "ingress" ? "from" : "to";
  const narrowed = groups.length > 0 ? `, and only ${way} the security groups ${groups.join(", ")}` : "";
  const networks = networksOf(flow).join(", ");
  return `${flow.reason}: ${portInWords(flow)} ${way} ${networks}${narrowed}.`;
}
