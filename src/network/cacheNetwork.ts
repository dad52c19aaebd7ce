import { NetworkAcl } from "@pulumi/aws/ec2/networkAcl";
import { NetworkAclRule } from "@pulumi/aws/ec2/networkAclRule";
import { Route } from "@pulumi/aws/ec2/route";
import { RouteTable } from "@pulumi/aws/ec2/routeTable";
import { RouteTableAssociation } from "@pulumi/aws/ec2/routeTableAssociation";
import { Subnet } from "@pulumi/aws/ec2/subnet";
import type { CustomResourceOptions, Input, Output, Resource } from "@pulumi/pulumi";
import type { CachePlan, SubnetPlan } from "../plan/cachePlan";
import type { NetworkAclEntry } from "../plan/networkAcl";
import { nameTags } from "../resources/nameTags";

export interface CacheNetwork {
  /** By the subnet's name in the plan. */
  readonly subnetIds: ReadonlyMap<string, Output<string>>;
  /** In the order of the plan's subnets. Their routes are resources of their own, so that those of others stay. */
  readonly routeTableIds: readonly Output<string>[];
  /** What must be there before a node can reach anything. */
  readonly ready: Resource[];
}

/** The cache's own subnets, each with its route table, and one network ACL for all of them. */
export function createCacheNetwork(
  plan: CachePlan<Input<string>>,
  region: Output<string>,
  opts: CustomResourceOptions,
): CacheNetwork {
  const made = plan.subnets.map((subnet) => createSubnet(plan, subnet, region, opts));
  const subnetIds = made.map(({ id }) => id);
  const acl = new NetworkAcl(plan.name, { vpcId: plan.vpcId, subnetIds, tags: nameTags(plan.tags, plan.name) }, opts);
  const rules = plan.networkAclEntries.map((entry) => createAclRule(plan.name, acl.id, entry, opts));
  return {
    subnetIds: new Map(made.map(({ name, id }) => [name, id])),
    routeTableIds: made.map(({ routeTableId }) => routeTableId),
    ready: [...made.flatMap(({ ready }) => ready), acl, ...rules],
  };
}

function createSubnet(
  { vpcId, tags: ofAll }: CachePlan<Input<string>>,
  plan: SubnetPlan<Input<string>>,
  region: Output<string>,
  opts: CustomResourceOptions,
): { name: string; id: Output<string>; routeTableId: Output<string>; ready: Resource[] } {
  const { name, cidrBlock, natGatewayId } = plan;
  // Once it is known to be of this region.
  const availabilityZone = region.apply(() => plan.availabilityZone);
  const tags = nameTags(ofAll, name);
  const subnet = new Subnet(
    name,
    { vpcId, cidrBlock, availabilityZone, mapPublicIpOnLaunch: false, tags },
    // A successor may take the same network, so the old one must go first.
    { ...opts, deleteBeforeReplace: true },
  );
  const routeTable = new RouteTable(name, { vpcId, tags }, opts);
  const association = new RouteTableAssociation(name, { subnetId: subnet.id, routeTableId: routeTable.id }, opts);
  const ready: Resource[] = [association];
  if (natGatewayId !== undefined) {
    const route = { routeTableId: routeTable.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId };
    ready.push(new Route(`${name}-out`, route, opts));
  }
  return { name, id: subnet.id, routeTableId: routeTable.id, ready };
}

function createAclRule(
  cache: string,
  networkAclId: Input<string>,
  entry: NetworkAclEntry,
  opts: CustomResourceOptions,
): Resource {
  const { name, egress, ruleNumber, cidrBlock, protocol, fromPort, toPort } = entry;
  const ports = protocol === "icmp" ? { icmpType: fromPort, icmpCode: toPort } : { fromPort, toPort };
  return new NetworkAclRule(
    `${cache}-${name}`,
    { networkAclId, egress, ruleNumber, protocol, ruleAction: "allow", cidrBlock, ...ports },
    // AWS refuses a second rule of one number, so one whose network changes must go before its successor comes.
    { ...opts, deleteBeforeReplace: true },
  );
}
