import { contains, type Cidr } from "./cidr";

interface OfVpc {
  readonly vpcCidrBlock: Cidr;
  readonly vpcSecondaryCidrBlocks?: readonly Cidr[];
}

/** All networks of a VPC, the primary one first. */
export function vpcNetworks({ vpcCidrBlock, vpcSecondaryCidrBlocks = [] }: OfVpc): Cidr[] {
  return [vpcCidrBlock, ...vpcSecondaryCidrBlocks];
}

/** Whether a network is in the VPC. */
export function isInVpc(vpc: OfVpc, cidr: Cidr): boolean {
  return vpcNetworks(vpc).some((network) => contains(network, cidr));
}
