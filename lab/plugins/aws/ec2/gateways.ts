import type { Unwrap } from "@pulumi/pulumi";
import type { ec2 } from "@pulumi/aws";
import type { EC2, NatGateway } from "@aws-sdk/client-ec2";
import { oneOf } from "../../framework/kinds.js";
import { unlessGone } from "../gone.js";
import { waitFor } from "../../../until.js";
import { ec2Arn, ec2Type, required } from "./ec2Type.js";

export const internetGateway = ec2Type<Unwrap<ec2.InternetGatewayArgs>>({
  tagged: "internet-gateway",
  properties: { vpcId: "string" },
  replaceOn: [],
  async create(client, inputs, TagSpecifications, call) {
    const { InternetGateway } = await client.createInternetGateway({ TagSpecifications });
    const id = required(InternetGateway?.InternetGatewayId);
    call.created(id);
    await attach(client, id, inputs.vpcId);
    return id;
  },
  async describe(client, id, state) {
    const found = await unlessGone(client.describeInternetGateways({ InternetGatewayIds: [id] }));
    const live = found?.InternetGateways?.[0];
    if (live === undefined) return undefined;
    return {
      tags: live.Tags,
      outputs: {
        arn: ec2Arn(state.region, live.OwnerId, `internet-gateway/${id}`),
        ownerId: live.OwnerId,
        vpcId: live.Attachments?.[0]?.VpcId,
      },
    };
  },
  async update(client, id, news, _changed, olds) {
    await detach(client, id, olds.vpcId);
    await attach(client, id, news.vpcId);
  },
  async delete(client, id, state) {
    await detach(client, id, state.vpcId);
    await unlessGone(client.deleteInternetGateway({ InternetGatewayId: id }));
  },
});

async function attach(client: EC2, InternetGatewayId: string, VpcId?: string): Promise<void> {
  if (VpcId !== undefined) await client.attachInternetGateway({ InternetGatewayId, VpcId });
}

async function detach(client: EC2, InternetGatewayId: string, VpcId?: string): Promise<void> {
  if (VpcId !== undefined) await unlessGone(client.detachInternetGateway({ InternetGatewayId, VpcId }));
}

export const eip = ec2Type<Unwrap<ec2.EipArgs>>({
  tagged: "elastic-ip",
  properties: { domain: oneOf("vpc"), instance: "string", networkInterface: "string" },
  defaults: { domain: "vpc" },
  replaceOn: ["domain"],
  async create(client, inputs, TagSpecifications, call) {
    const { AllocationId } = await client.allocateAddress({ Domain: "vpc", TagSpecifications });
    const id = required(AllocationId);
    call.created(id);
    await associate(client, id, inputs);
    return id;
  },
  async describe(client, id, state) {
    const found = await unlessGone(client.describeAddresses({ AllocationIds: [id] }));
    const live = found?.Addresses?.[0];
    if (live === undefined) return undefined;
    return {
      tags: live.Tags,
      outputs: {
        allocationId: id,
        arn: ec2Arn(state.region, live.NetworkInterfaceOwnerId, `elastic-ip/${id}`),
        associationId: live.AssociationId,
        domain: live.Domain,
        instance: live.InstanceId === "" ? undefined : live.InstanceId,
        networkInterface: live.NetworkInterfaceId === "" ? undefined : live.NetworkInterfaceId,
        privateIp: live.PrivateIpAddress,
        publicIp: live.PublicIp,
      },
    };
  },
  async update(client, id, news) {
    await disassociate(client, id);
    await associate(client, id, news);
  },
  async delete(client, id) {
    await disassociate(client, id);
    await unlessGone(client.releaseAddress({ AllocationId: id }));
  },
});

async function associate(client: EC2, AllocationId: string, inputs: Unwrap<ec2.EipArgs>): Promise<void> {
  const { instance: InstanceId, networkInterface: NetworkInterfaceId } = inputs;
  if (InstanceId === undefined && NetworkInterfaceId === undefined) return;
  await client.associateAddress({ AllocationId, InstanceId, NetworkInterfaceId });
}

async function disassociate(client: EC2, id: string): Promise<void> {
  const found = await unlessGone(client.describeAddresses({ AllocationIds: [id] }));
  const AssociationId = found?.Addresses?.[0]?.AssociationId;
  if (AssociationId === undefined || AssociationId === "") return;
  await unlessGone(client.disassociateAddress({ AssociationId }));
}

export const natGateway = ec2Type<Unwrap<ec2.NatGatewayArgs>>({
  tagged: "natgateway",
  properties: {
    allocationId: "string",
    connectivityType: oneOf("private", "public"),
    subnetId: "string",
  },
  required: ["subnetId"],
  defaults: { connectivityType: "public" },
  replaceOn: "every",
  async create(client, inputs, TagSpecifications, call) {
    const { NatGateway } = await client.createNatGateway({
      AllocationId: inputs.allocationId,
      ConnectivityType: inputs.connectivityType as "private" | "public",
      SubnetId: inputs.subnetId,
      TagSpecifications,
    });
    const id = required(NatGateway?.NatGatewayId);
    call.created(id);
    await waitFor(`NAT gateway ${id} becomes available`, async () => (await nat(client, id))?.State === "available");
    return id;
  },
  async describe(client, id) {
    const live = await nat(client, id);
    if (live === undefined || live.State === "deleted" || live.State === "deleting") return undefined;
    const address = live.NatGatewayAddresses?.[0];
    return {
      tags: live.Tags,
      outputs: {
        allocationId: address?.AllocationId,
        associationId: address?.AssociationId,
        connectivityType: live.ConnectivityType,
        networkInterfaceId: address?.NetworkInterfaceId,
        privateIp: address?.PrivateIp,
        publicIp: address?.PublicIp,
        subnetId: live.SubnetId,
      },
    };
  },
  async delete(client, id) {
    const NetworkInterfaceId = (await nat(client, id))?.NatGatewayAddresses?.[0]?.NetworkInterfaceId;
    await unlessGone(client.deleteNatGateway({ NatGatewayId: id }));
    await waitFor(`NAT gateway ${id} goes`, async () => ((await nat(client, id))?.State ?? "deleted") === "deleted");
    // In AWS it goes with the gateway; LocalStack leaves it behind.
    if (NetworkInterfaceId !== undefined) await unlessGone(client.deleteNetworkInterface({ NetworkInterfaceId }));
  },
});

async function nat(client: EC2, id: string): Promise<NatGateway | undefined> {
  const found = await unlessGone(client.describeNatGateways({ NatGatewayIds: [id] }));
  return found?.NatGateways?.[0];
}
