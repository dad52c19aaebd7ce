import { createHash } from "node:crypto";
import type { Unwrap } from "@pulumi/pulumi";
import type { ec2 } from "@pulumi/aws";
import type { EC2, RouteTable } from "@aws-sdk/client-ec2";
import { unlessGone } from "../gone.js";
import { ec2Arn, ec2Type, required } from "./ec2Type.js";

export const routeTable = ec2Type<Unwrap<ec2.RouteTableArgs>>({
  tagged: "route-table",
  properties: { vpcId: "string" },
  required: ["vpcId"],
  replaceOn: "every",
  async create(client, inputs, TagSpecifications) {
    const { RouteTable } = await client.createRouteTable({ VpcId: inputs.vpcId, TagSpecifications });
    return required(RouteTable?.RouteTableId);
  },
  async describe(client, id, state) {
    const live = await table(client, id);
    if (live === undefined) return undefined;
    return {
      tags: live.Tags,
      outputs: {
        arn: ec2Arn(state.region, live.OwnerId, `route-table/${id}`),
        ownerId: live.OwnerId,
        vpcId: live.VpcId,
      },
    };
  },
  async delete(client, id) {
    await unlessGone(client.deleteRouteTable({ RouteTableId: id }));
  },
});

type RouteInputs = Unwrap<ec2.RouteArgs>;

export const route = ec2Type<RouteInputs>({
  properties: {
    destinationCidrBlock: "string",
    gatewayId: "string",
    natGatewayId: "string",
    networkInterfaceId: "string",
    routeTableId: "string",
    vpcPeeringConnectionId: "string",
  },
  required: ["destinationCidrBlock", "routeTableId"],
  replaceOn: ["destinationCidrBlock", "routeTableId"],
  async create(client, inputs) {
    await client.createRoute(request(inputs));
    const hash = createHash("sha1")
      .update(inputs.destinationCidrBlock ?? "")
      .digest("hex");
    return `r-${inputs.routeTableId}${hash.slice(0, 8)}`;
  },
  async describe(client, _id, state) {
    const live = (await table(client, state.routeTableId ?? ""))?.Routes?.find(
      (route) => route.DestinationCidrBlock === state.destinationCidrBlock,
    );
    if (live === undefined) return undefined;
    return {
      outputs: {
        destinationCidrBlock: live.DestinationCidrBlock,
        gatewayId: live.GatewayId,
        natGatewayId: live.NatGatewayId,
        networkInterfaceId: live.NetworkInterfaceId,
        origin: live.Origin,
        routeTableId: state.routeTableId,
        state: live.State,
        vpcPeeringConnectionId: live.VpcPeeringConnectionId,
      },
    };
  },
  async update(client, _id, news) {
    await client.replaceRoute(request(news));
  },
  async delete(client, _id, state) {
    const { routeTableId: RouteTableId, destinationCidrBlock: DestinationCidrBlock } = state;
    await unlessGone(client.deleteRoute({ RouteTableId, DestinationCidrBlock }));
  },
});

function request(inputs: RouteInputs) {
  return {
    RouteTableId: inputs.routeTableId,
    DestinationCidrBlock: inputs.destinationCidrBlock,
    GatewayId: inputs.gatewayId,
    NatGatewayId: inputs.natGatewayId,
    NetworkInterfaceId: inputs.networkInterfaceId,
    VpcPeeringConnectionId: inputs.vpcPeeringConnectionId,
  };
}

export const routeTableAssociation = ec2Type<Unwrap<ec2.RouteTableAssociationArgs>>({
  properties: { routeTableId: "string", subnetId: "string" },
  required: ["routeTableId", "subnetId"],
  replaceOn: "every",
  // A subnet has one route table at a time.
  deleteBeforeReplace: true,
  async create(client, inputs) {
    const { routeTableId: RouteTableId, subnetId: SubnetId } = inputs;
    return required((await client.associateRouteTable({ RouteTableId, SubnetId })).AssociationId);
  },
  async describe(client, id) {
    const Filters = [{ Name: "association.route-table-association-id", Values: [id] }];
    const found = await client.describeRouteTables({ Filters });
    const associations = found.RouteTables?.flatMap((table) => table.Associations ?? []);
    const live = associations?.find((association) => association.RouteTableAssociationId === id);
    return live && { outputs: { routeTableId: live.RouteTableId, subnetId: live.SubnetId } };
  },
  async delete(client, id) {
    await unlessGone(client.disassociateRouteTable({ AssociationId: id }));
  },
});

async function table(client: EC2, id: string): Promise<RouteTable | undefined> {
  const found = await unlessGone(client.describeRouteTables({ RouteTableIds: [id] }));
  return found?.RouteTables?.[0];
}
