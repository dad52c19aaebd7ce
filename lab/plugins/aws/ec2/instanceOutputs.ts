import type { EC2, Instance, InstanceAttributeName, InstanceBlockDeviceMapping, Volume } from "@aws-sdk/client-ec2";
import { ec2Arn } from "./ec2Type.js";
import type { Found } from "./ec2Type.js";
import type { InstanceInputs } from "./instanceInputs.js";
import { findInstance } from "./instanceLife.js";
import { tagOutputs } from "../tags.js";

export async function describeInstance(
  client: EC2,
  id: string,
  state: Partial<InstanceInputs>,
): Promise<Found | undefined> {
  const live = await findInstance(client, id);
  if (live === undefined || live.State?.Name === "terminated" || live.State?.Name === "shutting-down") return undefined;
  const attribute = (Attribute: InstanceAttributeName) =>
    client.describeInstanceAttribute({ InstanceId: id, Attribute });
  const [userData, termination, root] = await Promise.all([
    attribute("userData"),
    attribute("disableApiTermination"),
    rootVolume(client, live),
  ]);
  return {
    tags: live.Tags,
    outputs: {
      ...plainOutputs(live),
      ...userDataOutputs(userData.UserData?.Value, state),
      arn: ec2Arn(state.region, live.NetworkInterfaces?.[0]?.OwnerId, `instance/${id}`),
      disableApiTermination: termination.DisableApiTermination?.Value,
      // Only where it was given: that tells an interface of its own from one that AWS made.
      primaryNetworkInterface: state.primaryNetworkInterface && primaryInterface(live),
      rootBlockDevice: root && rootDevice(live, root),
      // Only where they were given: else they are their owner's.
      volumeTags: state.volumeTags && tagOutputs(root?.Tags).tags,
    },
  };
}

function primaryInterface(live: Instance) {
  const primary = live.NetworkInterfaces?.find((each) => each.Attachment?.DeviceIndex === 0);
  return { networkInterfaceId: primary?.NetworkInterfaceId };
}

function plainOutputs(live: Instance) {
  return {
    ami: live.ImageId,
    availabilityZone: live.Placement?.AvailabilityZone,
    ebsOptimized: live.EbsOptimized,
    iamInstanceProfile: live.IamInstanceProfile?.Arn?.split("/").at(-1),
    instanceState: live.State?.Name,
    instanceType: live.InstanceType,
    metadataOptions: {
      httpEndpoint: live.MetadataOptions?.HttpEndpoint,
      httpProtocolIpv6: live.MetadataOptions?.HttpProtocolIpv6,
      httpPutResponseHopLimit: live.MetadataOptions?.HttpPutResponseHopLimit,
      httpTokens: live.MetadataOptions?.HttpTokens,
      instanceMetadataTags: live.MetadataOptions?.InstanceMetadataTags,
    },
    monitoring: live.Monitoring?.State === "enabled" || live.Monitoring?.State === "pending",
    primaryNetworkInterfaceId: primaryInterface(live).networkInterfaceId,
    privateDns: live.PrivateDnsName,
    privateIp: live.PrivateIpAddress,
    publicDns: live.PublicDnsName,
    publicIp: live.PublicIpAddress ?? "",
    sourceDestCheck: live.SourceDestCheck,
    subnetId: live.SubnetId,
    tenancy: live.Placement?.Tenancy,
    vpcSecurityGroupIds: live.SecurityGroups?.map((group) => group.GroupId),
  };
}

/** EC2 always answers in Base64; the output has the form in which it was given. */
function userDataOutputs(value: string | undefined, state: Partial<InstanceInputs>) {
  if (value === undefined || value === "") return {};
  if (state.userData !== undefined) return { userData: Buffer.from(value, "base64").toString() };
  return { userDataBase64: value };
}

/** The volume that an instance boots from. */
export async function rootVolume(client: EC2, live: Instance): Promise<Volume | undefined> {
  const volumeId = rootMapping(live)?.Ebs?.VolumeId;
  if (volumeId === undefined) return undefined;
  return (await client.describeVolumes({ VolumeIds: [volumeId] })).Volumes?.[0];
}

function rootMapping(live: Instance): InstanceBlockDeviceMapping | undefined {
  return live.BlockDeviceMappings?.find((each) => each.DeviceName === live.RootDeviceName);
}

function rootDevice(live: Instance, volume: Volume) {
  const mapping = rootMapping(live);
  return {
    deleteOnTermination: mapping?.Ebs?.DeleteOnTermination,
    deviceName: mapping?.DeviceName,
    encrypted: volume.Encrypted,
    iops: volume.Iops,
    kmsKeyId: volume.KmsKeyId,
    throughput: volume.Throughput,
    volumeId: volume.VolumeId,
    volumeSize: volume.Size,
    volumeType: volume.VolumeType,
  };
}
