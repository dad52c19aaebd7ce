import type { CacheArguments } from "../arguments/cacheArguments";
import { amazonFlows } from "./amazonServices";
import type { Cidr } from "./cidr";
import { everyFirewall, type Flow, type NamedSecurityGroup } from "./flow";
import { tunnelLimits } from "./limits";
import { httpsPort, redisPort, sshPort } from "./ports";

type Given<Leaf> = Pick<
  CacheArguments<Leaf>,
  | "vpcCidrBlock"
  | "appCidrBlocks"
  | "appSecurityGroupIds"
  | "bastionCidrBlocks"
  | "bastionSecurityGroupIds"
  | "httpsEgressCidrBlocks"
  | "operators"
>;

/** The one list of what may pass between the nodes in these subnets and anything else in the network. */
export function cacheFlows<Leaf>(given: Given<Leaf>, subnetCidrBlocks: readonly Cidr[]): Flow<Leaf>[] {
  const bastions = given.operators.length > 0 ? [fromBastions(given)] : [];
  return [fromApps(given), ...bastions, ...amazonFlows<Leaf>(given.vpcCidrBlock, subnetCidrBlocks), toHttps(given)];
}

function fromApps<Leaf>({ appCidrBlocks, appSecurityGroupIds }: Given<Leaf>): Flow<Leaf> {
  return {
    name: "apps-to-redis",
    direction: "ingress",
    judges: everyFirewall,
    protocols: ["tcp"],
    service: "redis",
    port: redisPort,
    peer: "Application hosts",
    cidrBlocks: appCidrBlocks,
    securityGroups: namedGroups(appSecurityGroupIds),
    limits: tunnelLimits,
    reason: "Application hosts reach Redis through the tunnel",
  };
}

function fromBastions<Leaf>({ bastionCidrBlocks = [], bastionSecurityGroupIds }: Given<Leaf>): Flow<Leaf> {
  return {
    name: "bastions-to-ssh",
    direction: "ingress",
    judges: everyFirewall,
    protocols: ["tcp"],
    service: "ssh",
    port: sshPort,
    peer: "Bastion hosts",
    cidrBlocks: bastionCidrBlocks,
    securityGroups: namedGroups(bastionSecurityGroupIds),
    reason: "Operators sign in from the bastion hosts",
  };
}

function toHttps<Leaf>({ httpsEgressCidrBlocks = ["0.0.0.0/0"] }: Given<Leaf>): Flow<Leaf> {
  return {
    name: "node-to-https",
    direction: "egress",
    judges: everyFirewall,
    protocols: ["tcp"],
    service: "https",
    port: httpsPort,
    peer: "Secrets Manager, Debian mirrors",
    cidrBlocks: httpsEgressCidrBlocks,
    securityGroups: [],
    reason: "The node fetches its secret and Debian packages",
  };
}

function namedGroups<Leaf>(given: Readonly<Record<string, Leaf>> = {}): NamedSecurityGroup<Leaf>[] {
  return Object.entries(given).map(([name, id]) => ({ name, id }));
}
