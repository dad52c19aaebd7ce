/** What decides which packet may pass inside one VPC: shapes only, as the EC2 API reports them (IPv4). */
export interface NetworkFacts {
  readonly vpcId: string;
  readonly cidrBlocks: readonly string[];
  readonly subnets: readonly SubnetFacts[];
  readonly networkAcls: readonly NetworkAclFacts[];
  readonly securityGroups: readonly SecurityGroupFacts[];
  readonly interfaces: readonly InterfaceFacts[];
}

export interface SubnetFacts {
  readonly id: string;
  readonly cidrBlock: string;
  readonly networkAclId: string;
  readonly routes: readonly RouteFacts[];
}

export interface RouteFacts {
  readonly destination: string;
  readonly target: RouteTarget;
}

export type RouteTarget =
  | { readonly kind: "local" }
  | { readonly kind: "internetGateway" }
  | { readonly kind: "natGateway"; readonly subnetId: string }
  | { readonly kind: "unreachable"; readonly why: string };

export interface NetworkAclFacts {
  readonly id: string;
  readonly entries: readonly NetworkAclEntry[];
}

export interface NetworkAclEntry extends Ports {
  readonly ruleNumber: number;
  readonly egress: boolean;
  readonly action: "allow" | "deny";
  readonly cidrBlock: string;
}

export interface SecurityGroupFacts {
  readonly id: string;
  readonly ingress: readonly SecurityGroupRule[];
  readonly egress: readonly SecurityGroupRule[];
}

export interface SecurityGroupRule extends Ports {
  readonly cidrBlocks: readonly string[];
  readonly groupIds: readonly string[];
}

/** Protocol as AWS writes it: a name, a number, or "-1" for all. For ICMP `from` is the type and `to` the code, -1 for any. */
export interface Ports {
  readonly protocol: string;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export interface InterfaceFacts {
  readonly id: string;
  readonly subnetId: string;
  readonly addresses: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly hasPublicAddress: boolean;
}

/** The name that a network interface's end has in the router: at most 15 characters. */
export function deviceName(interfaceId: string): string {
  return `e${interfaceId.slice(-13)}`;
}

/** The router's way to the lab's internet. */
export const internetDevice = "internet";
/** The gateway of every host, on each of the router's links. */
export const gatewayAddress = "169.254.0.1";
export const metadataAddress = "169.254.169.254";
export const resolverAddress = "169.254.169.253";
export const timeAddress = "169.254.169.123";
/** Addresses of the lab's internet services (RFC 5737 TEST-NET-2). */
export const awsAddress = "198.51.100.10";
export const debianAddress = "198.51.100.20";
