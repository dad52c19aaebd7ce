import { clientCertificate, serverCertificate, type CertificatePlan } from "./certificates";
import { addressAt, type Cidr } from "./cidr";
import { lockedCommands, type LockedCommand } from "./commands";
import { cacheFlows, type Flow } from "./flows";
import { networkAclEntries, type NetworkAclEntry } from "./networkAcl";
import { redisPort } from "./ports";
import { defaultRefreshIntervalSeconds } from "./refresh";
import { planRotation, type RotationPlan } from "./rotation";
import { securityGroupRules, type SecurityGroupRule } from "./securityGroup";
import type { CacheShape, OperatorShape } from "./shape";
import { defaultTunnelEngine, type TunnelEngine } from "./tunnel";
import { defaultSecurityUpdateWindow } from "./updateWindow";
import { planValidity, type ValidityPlan } from "./validity";

/** Everything that a cache is, decided before any resource is made. Resources, files and tests only render it. */
export interface CachePlan {
  readonly name: string;
  readonly vpcCidrBlock: Cidr;
  readonly subnets: readonly SubnetPlan[];
  readonly nodes: readonly NodePlan[];
  readonly clients: readonly ClientCertificatePlan[];
  readonly operators: readonly OperatorShape[];
  /** A session in which an operator has done nothing for so long is ended. */
  readonly operatorIdleLogoffMinutes: number;
  /** When security updates begin to be installed, in UTC (systemd.time(7)). */
  readonly securityUpdateWindow: string;
  readonly flows: readonly Flow[];
  readonly networkAclEntries: readonly NetworkAclEntry[];
  readonly securityGroupRules: readonly SecurityGroupRule[];
  readonly lockedCommands: readonly LockedCommand[];
  /** Who may read and change the secrets beside the hosts; nobody in particular where there are none. */
  readonly secretAdministratorArns: readonly string[];
  readonly rotation: RotationPlan;
  readonly validity: ValidityPlan;
  /** How often hosts look for a new version of their secret. */
  readonly refreshIntervalSeconds: number;
  readonly tunnel: TunnelEngine;
  readonly tenancy: "dedicated" | "default";
  readonly instanceType: string;
  /** Whether the image has the packages already, so that the node installs none. */
  readonly imageHasPackages: boolean;
}

export interface SubnetPlan {
  readonly name: string;
  readonly availabilityZone: string;
  readonly cidrBlock: Cidr;
}

/** One cache host. */
export interface NodePlan {
  readonly name: string;
  readonly subnet: SubnetPlan;
  readonly privateIp: string;
  readonly port: number;
  readonly certificate: CertificatePlan;
}

export interface ClientCertificatePlan {
  readonly client: string;
  readonly certificate: CertificatePlan;
}

/** AWS keeps a subnet's first four addresses and its last one (VPC User Guide, "Subnet sizing"). */
const firstUsableOffset = 4;

/** 2 vCPUs and 8 GiB; may run with dedicated tenancy. */
const defaultInstanceType = "m6i.large";

/** As long as PCI DSS 4.0 allows at most (8.2.8); HIPAA names no figure. */
const defaultIdleLogoffMinutes = 15;

/** Decides a cache from arguments that have been found valid. */
export function planCache(name: string, shape: CacheShape): CachePlan {
  const subnets = shape.subnets.map((subnet, index) => ({
    name: `${name}-${index}`,
    availabilityZone: subnet.availabilityZone,
    cidrBlock: subnet.cidrBlock,
  }));
  const flows = cacheFlows(shape);
  return {
    name,
    vpcCidrBlock: shape.vpcCidrBlock,
    subnets,
    // One node for now, in the first subnet; more subnets are made ready but stay empty.
    nodes: subnets.slice(0, 1).map((subnet, index) => planNode(name, subnet, index)),
    clients: shape.clients.map((client) => ({ client, certificate: clientCertificate(name, client) })),
    operators: shape.operators,
    operatorIdleLogoffMinutes: shape.operatorIdleLogoffMinutes ?? defaultIdleLogoffMinutes,
    securityUpdateWindow: shape.securityUpdateWindow ?? defaultSecurityUpdateWindow,
    flows,
    networkAclEntries: networkAclEntries(flows),
    securityGroupRules: securityGroupRules(flows),
    lockedCommands: lockedCommands({ allowScripting: shape.allowScripting ?? false }),
    // An evidence has them resolved; a program may have some that are not known yet, which its plan does not go by.
    secretAdministratorArns: (shape.secretAdministratorArns ?? []).filter((arn) => typeof arn === "string"),
    rotation: planRotation(shape.rotation),
    validity: planValidity(shape.certificates),
    refreshIntervalSeconds: shape.refreshIntervalSeconds ?? defaultRefreshIntervalSeconds,
    tunnel: shape.tunnel ?? defaultTunnelEngine,
    tenancy: shape.allowSharedTenancy === true ? "default" : "dedicated",
    instanceType: shape.instanceType ?? defaultInstanceType,
    imageHasPackages: shape.imageHasPackages ?? false,
  };
}

function planNode(cache: string, subnet: SubnetPlan, index: number): NodePlan {
  const name = `${cache}-${index}`;
  const privateIp = addressAt(subnet.cidrBlock, firstUsableOffset);
  const certificate = serverCertificate(cache, name, privateIp);
  return { name, subnet, privateIp, port: redisPort, certificate };
}
