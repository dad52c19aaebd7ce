import { covers, type Cidr } from "./cidr";
import type { Flow } from "./flow";

interface OfVpc {
  readonly vpcCidrBlock: Cidr;
  readonly vpcSecondaryCidrBlocks?: readonly Cidr[];
}

/** All networks of a VPC, the primary one first. */
export function vpcNetworks({ vpcCidrBlock, vpcSecondaryCidrBlocks = [] }: OfVpc): Cidr[] {
  return [vpcCidrBlock, ...vpcSecondaryCidrBlocks];
}

/** Whether a network is in the VPC, in one of its networks or in several of them together. */
function isInVpc(vpc: OfVpc, cidr: Cidr): boolean {
  return covers(vpcNetworks(vpc), cidr);
}

/** The networks of flows that lie outside of the VPC, each once. */
export function outsideOf(vpc: OfVpc, flows: readonly Flow[]): Cidr[] {
  const networks = new Set(flows.flatMap(({ cidrBlocks }) => cidrBlocks));
  return [...networks].filter((cidr) => !isInVpc(vpc, cidr));
}
