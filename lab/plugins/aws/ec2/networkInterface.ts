import type { Unwrap } from "@pulumi/pulumi";
import type { ec2 } from "@pulumi/aws";
import type { EC2, NetworkInterface } from "@aws-sdk/client-ec2";
import { set } from "../../framework/kinds.js";
import { unlessGone } from "../gone.js";
import { waitFor } from "../../../until.js";
import { ec2Arn, ec2Type, required } from "./ec2Type.js";

export const networkInterface = ec2Type<Unwrap<ec2.NetworkInterfaceArgs>>({
  tagged: "network-interface",
  properties: {
    description: "string",
    privateIps: set("string"),
    securityGroups: set("string"),
    sourceDestCheck: "boolean",
    subnetId: "string",
  },
  required: ["subnetId"],
  defaults: { sourceDestCheck: true },
  replaceOn: ["privateIps", "subnetId"],
  // The addresses are given, and an address can be taken only once.
  deleteBeforeReplace: true,
  async create(client, inputs, TagSpecifications, call) {
    const addresses = inputs.privateIps?.map((PrivateIpAddress, index) => ({
      PrivateIpAddress,
      Primary: index === 0,
    }));
    const made = await client.createNetworkInterface({
      Description: inputs.description,
      Groups: inputs.securityGroups,
      PrivateIpAddresses: addresses,
      SubnetId: inputs.subnetId,
      TagSpecifications,
    });
    const id = required(made.NetworkInterface?.NetworkInterfaceId);
    call.created(id);
    if (inputs.sourceDestCheck === false) await setSourceDestCheck(client, id, false);
    return id;
  },
  async describe(client, id, state) {
    const live = await interfaceOf(client, id);
    if (live === undefined) return undefined;
    return {
      tags: live.TagSet,
      outputs: {
        arn: ec2Arn(state.region, live.OwnerId, `network-interface/${id}`),
        attachments: live.Attachment?.InstanceId === undefined ? [] : [attachment(live)],
        description: live.Description,
        macAddress: live.MacAddress,
        ownerId: live.OwnerId,
        privateDnsName: live.PrivateDnsName,
        privateIp: live.PrivateIpAddress,
        privateIps: live.PrivateIpAddresses?.map((address) => address.PrivateIpAddress),
        securityGroups: live.Groups?.map((group) => group.GroupId),
        sourceDestCheck: live.SourceDestCheck,
        subnetId: live.SubnetId,
      },
    };
  },
  async update(client, id, news, changed) {
    const change = (attribute: object) =>
      client.modifyNetworkInterfaceAttribute({ NetworkInterfaceId: id, ...attribute });
    if (changed.has("securityGroups")) await change({ Groups: news.securityGroups });
    if (changed.has("description")) await change({ Description: { Value: news.description ?? "" } });
    if (changed.has("sourceDestCheck")) await setSourceDestCheck(client, id, news.sourceDestCheck ?? true);
  },
  async delete(client, id) {
    const { AttachmentId, DeviceIndex } = (await interfaceOf(client, id))?.Attachment ?? {};
    // An instance's first interface cannot be detached. It gets free with the end of the instance, after which LocalStack
    // still lists the attachment.
    if (AttachmentId !== undefined && DeviceIndex !== 0) {
      await unlessGone(client.detachNetworkInterface({ AttachmentId, Force: true }));
      const isFree = async () => (await interfaceOf(client, id))?.Attachment?.AttachmentId === undefined;
      await waitFor(`network interface ${id} is detached`, isFree);
    }
    await unlessGone(client.deleteNetworkInterface({ NetworkInterfaceId: id }));
  },
});

async function setSourceDestCheck(client: EC2, NetworkInterfaceId: string, Value: boolean): Promise<void> {
  await client.modifyNetworkInterfaceAttribute({ NetworkInterfaceId, SourceDestCheck: { Value } });
}

function attachment(live: NetworkInterface) {
  return {
    attachmentId: live.Attachment?.AttachmentId,
    deviceIndex: live.Attachment?.DeviceIndex,
    instance: live.Attachment?.InstanceId,
  };
}

async function interfaceOf(client: EC2, id: string): Promise<NetworkInterface | undefined> {
  const found = await unlessGone(client.describeNetworkInterfaces({ NetworkInterfaceIds: [id] }));
  return found?.NetworkInterfaces?.[0];
}
