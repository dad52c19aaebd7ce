import type { Unwrap } from "@pulumi/pulumi";
import type { ec2 } from "@pulumi/aws";
import type { EC2, VpcAttributeName } from "@aws-sdk/client-ec2";
import { oneOf } from "../../framework/kinds.js";
import { unlessGone } from "../gone.js";
import { ec2Arn, ec2Type, required } from "./ec2Type.js";

type Inputs = Unwrap<ec2.VpcArgs>;

export const vpc = ec2Type<Inputs>({
  tagged: "vpc",
  properties: {
    cidrBlock: "string",
    enableDnsHostnames: "boolean",
    enableDnsSupport: "boolean",
    instanceTenancy: oneOf("default", "dedicated"),
  },
  required: ["cidrBlock"],
  defaults: { enableDnsHostnames: false, enableDnsSupport: true, instanceTenancy: "default" },
  replaceOn: ["cidrBlock", "instanceTenancy"],
  async create(client, inputs, TagSpecifications, call) {
    const { Vpc } = await client.createVpc({
      CidrBlock: inputs.cidrBlock,
      InstanceTenancy: inputs.instanceTenancy as "default" | "dedicated",
      TagSpecifications,
    });
    const id = required(Vpc?.VpcId);
    call.created(id);
    await setAttributes(client, id, inputs);
    return id;
  },
  async describe(client, id, state) {
    const found = await unlessGone(client.describeVpcs({ VpcIds: [id] }));
    const live = found?.Vpcs?.[0];
    if (live === undefined) return undefined;
    return {
      tags: live.Tags,
      outputs: {
        arn: ec2Arn(state.region, live.OwnerId, `vpc/${id}`),
        cidrBlock: live.CidrBlock,
        enableDnsHostnames: await attribute(client, id, "enableDnsHostnames"),
        enableDnsSupport: await attribute(client, id, "enableDnsSupport"),
        instanceTenancy: live.InstanceTenancy,
        ownerId: live.OwnerId,
        ...(await parts(client, id)),
      },
    };
  },
  update: setAttributes,
  async delete(client, id) {
    await unlessGone(client.deleteVpc({ VpcId: id }));
  },
});

/** AWS changes one attribute a call. */
async function setAttributes(client: EC2, VpcId: string, inputs: Inputs): Promise<void> {
  await client.modifyVpcAttribute({ VpcId, EnableDnsSupport: { Value: inputs.enableDnsSupport } });
  await client.modifyVpcAttribute({ VpcId, EnableDnsHostnames: { Value: inputs.enableDnsHostnames } });
}

async function attribute(client: EC2, VpcId: string, Attribute: VpcAttributeName): Promise<boolean> {
  const found = await client.describeVpcAttribute({ VpcId, Attribute });
  return (Attribute === "enableDnsSupport" ? found.EnableDnsSupport : found.EnableDnsHostnames)?.Value ?? false;
}

/** What every VPC is born with. */
async function parts(client: EC2, id: string) {
  const inVpc = { Name: "vpc-id", Values: [id] };
  const [groups, acls, tables] = await Promise.all([
    client.describeSecurityGroups({ Filters: [inVpc, { Name: "group-name", Values: ["default"] }] }),
    client.describeNetworkAcls({ Filters: [inVpc, { Name: "default", Values: ["true"] }] }),
    client.describeRouteTables({ Filters: [inVpc, { Name: "association.main", Values: ["true"] }] }),
  ]);
  const mainRouteTableId = tables.RouteTables?.[0]?.RouteTableId;
  return {
    defaultNetworkAclId: acls.NetworkAcls?.[0]?.NetworkAclId,
    defaultRouteTableId: mainRouteTableId,
    defaultSecurityGroupId: groups.SecurityGroups?.[0]?.GroupId,
    mainRouteTableId,
  };
}
