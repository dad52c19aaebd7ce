import type { NetworkArguments } from "../arguments/networkArguments";
import { prefixLength, subnetAt, type Cidr } from "./cidr";

/** A VPC with a bastion, an application and room for a cache subnet in each Availability Zone. */
export interface NetworkPlan<Leaf = unknown> {
  readonly name: string;
  readonly cidrBlock: Cidr;
  readonly instanceTenancy: "dedicated" | "default";
  readonly zones: readonly ZonePlan[];
  /** For how many days the flow log keeps what it records. */
  readonly flowLogRetentionDays: number;
  /** Whether the flow logs and their key outlive the network. */
  readonly keepsFlowLogs: boolean;
  /** The caller's own, for every resource that takes tags. */
  readonly tags?: Readonly<Record<string, Leaf>>;
}

export interface ZonePlan {
  readonly index: number;
  readonly availabilityZone: string;
  /** Public: the bastion hosts and the NAT gateway. */
  readonly bastionCidrBlock: Cidr;
  /** Private: the application hosts. */
  readonly appCidrBlock: Cidr;
  /** Private: left free for the cache, which makes its own subnet there. */
  readonly cacheCidrBlock: Cidr;
}

/** Prefix lengths of the VPC, and how many zones it has room for. */
export const networkSizes = { widestPrefix: 16, narrowestPrefix: 20, mostZones: 6 } as const;
/** How long CloudWatch Logs can keep a log group, in days (PutRetentionPolicy). */
export const logRetentionDays: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
/**
 * Six years, in the nearest step above. The Security Rule asks for them of documents alone: here it is a choice, to keep the log
 * for as long as the documents that it bears out (45 CFR 164.316(b)(2)(i)), and as HHS may open a case (45 CFR 160.414).
 */
const defaultFlowLogRetentionDays = 2192;
/** The VPC is cut into sixteen parts: the first holds the small subnets, the others an application subnet each. */
const partBits = 4;
const smallPrefix = 28;

/** Decides a network from arguments that have been found valid. */
export function planNetwork<Leaf>(name: string, given: NetworkArguments<Leaf>): NetworkPlan<Leaf> {
  const { cidrBlock } = given;
  const partPrefix = prefixLength(cidrBlock) + partBits;
  const small = subnetAt(cidrBlock, partPrefix, 0);
  return {
    name,
    cidrBlock,
    instanceTenancy: given.allowSharedTenancy === true ? "default" : "dedicated",
    flowLogRetentionDays: given.flowLogRetentionDays ?? defaultFlowLogRetentionDays,
    keepsFlowLogs: given.deleteFlowLogs !== true,
    ...(given.tags === undefined ? {} : { tags: given.tags }),
    zones: given.availabilityZones.map((availabilityZone, index) => ({
      index,
      availabilityZone,
      bastionCidrBlock: subnetAt(small, smallPrefix, index),
      cacheCidrBlock: subnetAt(small, smallPrefix, networkSizes.mostZones + index),
      appCidrBlock: subnetAt(cidrBlock, partPrefix, index + 1),
    })),
  };
}
