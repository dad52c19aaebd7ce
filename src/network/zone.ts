import { Eip } from "@pulumi/aws/ec2/eip";
import { NatGateway } from "@pulumi/aws/ec2/natGateway";
import { Route } from "@pulumi/aws/ec2/route";
import { RouteTable } from "@pulumi/aws/ec2/routeTable";
import { RouteTableAssociation } from "@pulumi/aws/ec2/routeTableAssociation";
import { Subnet } from "@pulumi/aws/ec2/subnet";
import type { CustomResourceOptions, Input, Output, Resource } from "@pulumi/pulumi";
import type { NetworkPlan, ZonePlan } from "../plan/networkPlan";
import { waitFor } from "../resources/waitFor";
import { nameTags, type Tags } from "../resources/nameTags";
import type { Vpc } from "./vpc";

export interface Zone {
  readonly plan: ZonePlan;
  readonly bastionSubnetId: Output<string>;
  readonly appSubnetId: Output<string>;
  readonly natGatewayId: Output<string>;
}

/** The subnets of one Availability Zone, and the NAT gateway of its private ones. */
export function createZone(
  network: NetworkPlan<Input<string>>,
  zone: ZonePlan,
  vpc: Vpc,
  region: Output<string>,
  opts: CustomResourceOptions,
): Zone {
  const { tags } = network;
  // Once it is known to be of this region.
  const availabilityZone = region.apply(() => zone.availabilityZone);
  const subnet = (kind: string, cidrBlock: string, routeTableId: Input<string>): SubnetMade => {
    const name = `${network.name}-${kind}-${zone.index}`;
    const made = new Subnet(
      name,
      {
        vpcId: vpc.vpcId,
        availabilityZone,
        cidrBlock,
        mapPublicIpOnLaunch: false,
        tags: nameTags(tags, name),
      },
      { ...opts, deleteBeforeReplace: true },
    );
    const association = new RouteTableAssociation(name, { subnetId: made.id, routeTableId }, opts);
    return { id: made.id, association };
  };

  const bastion = subnet("bastion", zone.bastionCidrBlock, vpc.publicRouteTableId);
  const nat = createNatGateway(`${network.name}-${zone.index}`, bastion, vpc, tags, opts);
  const privateRoutes = createPrivateRouteTable(`${network.name}-app-${zone.index}`, vpc, nat, tags, opts);
  const app = subnet("app", zone.appCidrBlock, privateRoutes.id);
  return {
    plan: zone,
    // A host that is put there finds its way out from the first packet on.
    bastionSubnetId: waitFor(bastion.id, [bastion.association, vpc.publicRoute]),
    appSubnetId: waitFor(app.id, [app.association, privateRoutes.route]),
    natGatewayId: nat.id,
  };
}

interface SubnetMade {
  readonly id: Output<string>;
  readonly association: Resource;
}

function createNatGateway(
  name: string,
  subnet: SubnetMade,
  vpc: Vpc,
  tags: Tags,
  opts: CustomResourceOptions,
): NatGateway {
  const address = new Eip(
    name,
    { domain: "vpc", tags: nameTags(tags, name) },
    { ...opts, dependsOn: [vpc.internetGateway] },
  );
  return new NatGateway(
    name,
    { allocationId: address.id, subnetId: subnet.id, tags: nameTags(tags, name) },
    { ...opts, dependsOn: [vpc.publicRoute, subnet.association] },
  );
}

function createPrivateRouteTable(
  name: string,
  vpc: Vpc,
  nat: NatGateway,
  tags: Tags,
  opts: CustomResourceOptions,
): { id: Output<string>; route: Resource } {
  const routeTable = new RouteTable(name, { vpcId: vpc.vpcId, tags: nameTags(tags, name) }, opts);
  const route = new Route(
    `${name}-out`,
    { routeTableId: routeTable.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: nat.id },
    opts,
  );
  return { id: routeTable.id, route };
}
