import type { Unwrap } from "@pulumi/pulumi";
import type { ec2 } from "@pulumi/aws";
import type { EC2, VpcEndpoint } from "@aws-sdk/client-ec2";
import { oneOf, set } from "../../framework/kinds.js";
import { unlessGone } from "../gone.js";
import { waitFor } from "../../../until.js";
import { ec2Arn, ec2Type, required } from "./ec2Type.js";

type Inputs = Unwrap<ec2.VpcEndpointArgs>;

export const vpcEndpoint = ec2Type<Inputs>({
  tagged: "vpc-endpoint",
  properties: {
    policy: "json",
    privateDnsEnabled: "boolean",
    routeTableIds: set("string"),
    securityGroupIds: set("string"),
    serviceName: "string",
    subnetIds: set("string"),
    vpcEndpointType: oneOf("Gateway", "Interface"),
    vpcId: "string",
  },
  required: ["serviceName", "vpcId"],
  defaults: { vpcEndpointType: "Gateway" },
  replaceOn: ["serviceName", "vpcEndpointType", "vpcId"],
  async create(client, inputs, TagSpecifications, call) {
    const made = await client.createVpcEndpoint({
      PolicyDocument: inputs.policy,
      PrivateDnsEnabled: inputs.privateDnsEnabled,
      RouteTableIds: inputs.routeTableIds,
      SecurityGroupIds: inputs.securityGroupIds,
      ServiceName: inputs.serviceName,
      SubnetIds: inputs.subnetIds,
      TagSpecifications,
      VpcEndpointType: inputs.vpcEndpointType as "Gateway" | "Interface",
      VpcId: inputs.vpcId,
    });
    const id = required(made.VpcEndpoint?.VpcEndpointId);
    call.created(id);
    await waitFor(`VPC endpoint ${id} becomes available`, async () => {
      return (await endpoint(client, id))?.State?.toLowerCase() === "available";
    });
    return id;
  },
  async describe(client, id, state) {
    const live = await endpoint(client, id);
    if (live === undefined || isGoing(live)) return undefined;
    return { tags: live.Tags, outputs: outputs(live, id, state) };
  },
  async update(client, id, news, _changed, olds) {
    await client.modifyVpcEndpoint({
      VpcEndpointId: id,
      PolicyDocument: news.policy,
      PrivateDnsEnabled: news.privateDnsEnabled,
      ...difference("RouteTableIds", olds.routeTableIds, news.routeTableIds),
      ...difference("SecurityGroupIds", olds.securityGroupIds, news.securityGroupIds),
      ...difference("SubnetIds", olds.subnetIds, news.subnetIds),
    });
  },
  async delete(client, id) {
    await unlessGone(client.deleteVpcEndpoints({ VpcEndpointIds: [id] }));
    await waitFor(`VPC endpoint ${id} goes`, async () => {
      const live = await endpoint(client, id);
      return live === undefined || live.State?.toLowerCase() === "deleted";
    });
  },
});

function outputs(live: VpcEndpoint, id: string, state: Partial<Inputs>) {
  return {
    arn: ec2Arn(state.region, live.OwnerId, `vpc-endpoint/${id}`),
    dnsEntries: live.DnsEntries?.map(({ DnsName, HostedZoneId }) => ({
      dnsName: DnsName,
      hostedZoneId: HostedZoneId,
    })),
    networkInterfaceIds: live.NetworkInterfaceIds,
    ownerId: live.OwnerId,
    policy: live.PolicyDocument,
    privateDnsEnabled: live.PrivateDnsEnabled,
    routeTableIds: live.RouteTableIds,
    securityGroupIds: live.Groups?.map((group) => group.GroupId),
    serviceName: live.ServiceName,
    state: live.State,
    subnetIds: live.SubnetIds,
    vpcEndpointType: live.VpcEndpointType,
    vpcId: live.VpcId,
  };
}

function difference(name: string, olds: string[] = [], news: string[] = []) {
  const added = news.filter((id) => !olds.includes(id));
  const removed = olds.filter((id) => !news.includes(id));
  return {
    ...(added.length > 0 ? { [`Add${name}`]: added } : {}),
    ...(removed.length > 0 ? { [`Remove${name}`]: removed } : {}),
  };
}

function isGoing(live: VpcEndpoint): boolean {
  return live.State !== undefined && /^delet/i.test(live.State);
}

async function endpoint(client: EC2, id: string): Promise<VpcEndpoint | undefined> {
  const found = await unlessGone(client.describeVpcEndpoints({ VpcEndpointIds: [id] }));
  return found?.VpcEndpoints?.[0];
}
