import type { CacheArguments } from "../arguments/cacheArguments";
import { amazonResolvers, amazonTime } from "./amazonServices";
import { hostCidr } from "./cidr";
import { everyFirewall, hostFirewallAlone, type PortFlow } from "./flow";
import { dnsPort, ntpPort } from "./ports";

/** Resolvers and time servers, as they are given. */
export type Servers = Pick<CacheArguments, "vpcCidrBlock" | "dnsServers" | "timeServers">;

/** The resolvers that the node may ask. */
function dnsServers(given: Servers): readonly string[] {
  return given.dnsServers ?? amazonResolvers(given.vpcCidrBlock);
}

/** The time servers that its clock follows. */
export function timeServers(given: Servers): readonly string[] {
  return given.timeServers ?? [amazonTime];
}

/** What the node asks of resolvers. */
export function toResolvers<Leaf>(given: Servers): PortFlow<Leaf>[] {
  const asked: Asked = {
    name: "dns",
    protocols: ["tcp", "udp"],
    service: "domain",
    port: dnsPort,
    reason: "The node finds Secrets Manager and Debian's mirrors by name",
  };
  const amazons = { peer: "Amazon's resolver", addresses: amazonResolvers(given.vpcCidrBlock) };
  return flowsTo(dnsServers(given), asked, amazons, "Resolvers");
}

/** What it asks of time servers. */
export function toTimeServers<Leaf>(given: Servers): PortFlow<Leaf>[] {
  const asked: Asked = {
    name: "time",
    protocols: ["udp"],
    service: "ntp",
    port: ntpPort,
    reason: "The node's clock judges certificates",
  };
  return flowsTo(timeServers(given), asked, { peer: "Amazon Time Sync", addresses: [amazonTime] }, "Time servers");
}

type Asked = Pick<PortFlow, "name" | "protocols" | "service" | "port" | "reason">;

/** Amazon's own are where AWS's firewalls have no say; the others are hosts like any other. */
function flowsTo<Leaf>(
  servers: readonly string[],
  asked: Asked,
  amazons: { readonly peer: string; readonly addresses: readonly string[] },
  peer: string,
): PortFlow<Leaf>[] {
  const isAmazons = (server: string): boolean => amazons.addresses.includes(server);
  const rest = { ...asked, direction: "egress", securityGroups: [] } as const;
  const flows: PortFlow<Leaf>[] = [
    {
      ...rest,
      name: `node-to-${asked.name}`,
      judges: hostFirewallAlone,
      peer: amazons.peer,
      cidrBlocks: servers.filter(isAmazons).map(hostCidr),
    },
    {
      ...rest,
      name: `node-to-own-${asked.name}`,
      judges: everyFirewall,
      peer,
      cidrBlocks: servers.filter((server) => !isAmazons(server)).map(hostCidr),
    },
  ];
  return flows.filter(({ cidrBlocks }) => cidrBlocks.length > 0);
}
