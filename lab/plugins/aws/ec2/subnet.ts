import type { Unwrap } from "@pulumi/pulumi";
import type { ec2 } from "@pulumi/aws";
import { unlessGone } from "../gone.js";
import { ec2Arn, ec2Type, required } from "./ec2Type.js";

export const subnet = ec2Type<Unwrap<ec2.SubnetArgs>>({
  tagged: "subnet",
  properties: {
    availabilityZone: "string",
    cidrBlock: "string",
    mapPublicIpOnLaunch: "boolean",
    vpcId: "string",
  },
  required: ["cidrBlock", "vpcId"],
  defaults: { mapPublicIpOnLaunch: false },
  replaceOn: ["availabilityZone", "cidrBlock", "vpcId"],
  async create(client, inputs, TagSpecifications, call) {
    const { Subnet } = await client.createSubnet({
      VpcId: inputs.vpcId,
      CidrBlock: inputs.cidrBlock,
      AvailabilityZone: inputs.availabilityZone,
      TagSpecifications,
    });
    const id = required(Subnet?.SubnetId);
    call.created(id);
    const value = { Value: inputs.mapPublicIpOnLaunch };
    await client.modifySubnetAttribute({ SubnetId: id, MapPublicIpOnLaunch: value });
    return id;
  },
  async describe(client, id, state) {
    const found = await unlessGone(client.describeSubnets({ SubnetIds: [id] }));
    const live = found?.Subnets?.[0];
    if (live === undefined) return undefined;
    return {
      tags: live.Tags,
      outputs: {
        arn: ec2Arn(state.region, live.OwnerId, `subnet/${id}`),
        availabilityZone: live.AvailabilityZone,
        availabilityZoneId: live.AvailabilityZoneId,
        cidrBlock: live.CidrBlock,
        mapPublicIpOnLaunch: live.MapPublicIpOnLaunch,
        ownerId: live.OwnerId,
        vpcId: live.VpcId,
      },
    };
  },
  async update(client, id, news) {
    const value = { Value: news.mapPublicIpOnLaunch };
    await client.modifySubnetAttribute({ SubnetId: id, MapPublicIpOnLaunch: value });
  },
  async delete(client, id) {
    await unlessGone(client.deleteSubnet({ SubnetId: id }));
  },
});
