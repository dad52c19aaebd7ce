import type {
  EC2,
  Image,
  Instance,
  RunInstancesCommandInput,
  TagSpecification,
  _InstanceType,
} from "@aws-sdk/client-ec2";
import type { Call } from "../../framework/resourceType.js";
import { unlessGone } from "../gone.js";
import { waitFor } from "../../../until.js";
import { architectureOf } from "../../../../src/plan/image.js";
import { toTags } from "../tags.js";
import { required } from "./ec2Type.js";
import type { InstanceInputs } from "./instanceInputs.js";

export async function runInstance(
  client: EC2,
  inputs: InstanceInputs,
  TagSpecifications: TagSpecification[] | undefined,
  call: Call,
): Promise<string> {
  const image = await imageOf(client, inputs);
  const { Instances } = await client.runInstances({
    MinCount: 1,
    MaxCount: 1,
    ImageId: inputs.ami,
    InstanceType: inputs.instanceType as _InstanceType,
    EbsOptimized: inputs.ebsOptimized,
    DisableApiTermination: inputs.disableApiTermination,
    Monitoring: inputs.monitoring === undefined ? undefined : { Enabled: inputs.monitoring },
    IamInstanceProfile: inputs.iamInstanceProfile === undefined ? undefined : { Name: inputs.iamInstanceProfile },
    MetadataOptions: metadataRequest(inputs),
    Placement: placement(inputs),
    BlockDeviceMappings: rootDevice(image, inputs),
    UserData: userDataBase64(inputs),
    TagSpecifications: [...(TagSpecifications ?? []), ...volumeTagSpecifications(inputs)],
    ...network(inputs),
  });
  const id = required(Instances?.[0]?.InstanceId);
  call.created(id);
  await waitForState(client, id, "running");
  if (inputs.sourceDestCheck === false) {
    await client.modifyInstanceAttribute({ InstanceId: id, SourceDestCheck: { Value: false } });
  }
  return id;
}

export async function terminateInstance(client: EC2, id: string, state: Partial<InstanceInputs>): Promise<void> {
  const found = await findInstance(client, id);
  if (found === undefined) return;
  await client.terminateInstances({ InstanceIds: [id] });
  await waitForState(client, id, "terminated");
  // In AWS an interface that was made for the instance goes with it; LocalStack leaves it behind.
  const own = state.primaryNetworkInterface === undefined ? (found.NetworkInterfaces ?? []) : [];
  for (const { NetworkInterfaceId } of own) await unlessGone(client.deleteNetworkInterface({ NetworkInterfaceId }));
}

export async function waitForState(client: EC2, id: string, state: string): Promise<void> {
  await waitFor(`instance ${id} is ${state}`, async () => {
    const found = await findInstance(client, id);
    return (found?.State?.Name ?? "terminated") === state;
  });
}

export async function findInstance(client: EC2, id: string): Promise<Instance | undefined> {
  const found = await unlessGone(client.describeInstances({ InstanceIds: [id] }));
  return found?.Reservations?.[0]?.Instances?.[0];
}

export function userDataBase64(inputs: Partial<InstanceInputs>): string | undefined {
  if (inputs.userDataBase64 !== undefined) return inputs.userDataBase64;
  return inputs.userData === undefined ? undefined : Buffer.from(inputs.userData).toString("base64");
}

export function metadataRequest({ metadataOptions: options }: Partial<InstanceInputs>) {
  return (
    options && {
      HttpEndpoint: options.httpEndpoint as "enabled" | "disabled" | undefined,
      HttpProtocolIpv6: options.httpProtocolIpv6 as "enabled" | "disabled" | undefined,
      HttpPutResponseHopLimit: options.httpPutResponseHopLimit,
      HttpTokens: options.httpTokens as "optional" | "required" | undefined,
      InstanceMetadataTags: options.instanceMetadataTags as "enabled" | "disabled" | undefined,
    }
  );
}

function volumeTagSpecifications({ volumeTags = {} }: InstanceInputs): TagSpecification[] {
  return Object.keys(volumeTags).length === 0 ? [] : [{ ResourceType: "volume", Tags: toTags(volumeTags) }];
}

function placement({ tenancy, availabilityZone }: InstanceInputs): RunInstancesCommandInput["Placement"] {
  if (tenancy === undefined && availabilityZone === undefined) return undefined;
  return { Tenancy: tenancy as "dedicated" | "default" | "host", AvailabilityZone: availabilityZone };
}

/** An interface that is there already, or one that AWS makes from the instance's own properties. */
function network(inputs: InstanceInputs): Partial<RunInstancesCommandInput> {
  const { subnetId: SubnetId, vpcSecurityGroupIds: groups, privateIp: PrivateIpAddress } = inputs;
  const given = inputs.primaryNetworkInterface?.networkInterfaceId;
  if (given !== undefined) {
    if (SubnetId ?? groups ?? PrivateIpAddress ?? inputs.associatePublicIpAddress) {
      throw new Error(
        "primaryNetworkInterface excludes subnetId, vpcSecurityGroupIds, privateIp and associatePublicIpAddress",
      );
    }
    return { NetworkInterfaces: [{ DeviceIndex: 0, NetworkInterfaceId: given }] };
  }
  if (inputs.associatePublicIpAddress === undefined) return { SubnetId, SecurityGroupIds: groups, PrivateIpAddress };
  const AssociatePublicIpAddress = inputs.associatePublicIpAddress;
  const made = { DeviceIndex: 0, AssociatePublicIpAddress, SubnetId, Groups: groups, PrivateIpAddress };
  return { NetworkInterfaces: [made] };
}

/** It has to fit the instance type, as EC2 has it; LocalStack runs any image on any type. */
async function imageOf(client: EC2, { ami = "", instanceType = "" }: InstanceInputs): Promise<Image> {
  const [image = {}] = (await client.describeImages({ ImageIds: [ami] })).Images ?? [];
  const [ofType, ofImage] = [architectureOf(instanceType), image.Architecture ?? "unknown"];
  if (ofImage === ofType) return image;
  throw new Error(
    `InvalidParameterValue: The architecture '${ofType}' of the specified instance type does not match the architecture '${ofImage}' of the specified AMI. ` +
      "Specify an instance type and an AMI that have matching architectures, and try again.",
  );
}

function rootDevice(
  image: Image,
  { rootBlockDevice: device }: InstanceInputs,
): RunInstancesCommandInput["BlockDeviceMappings"] {
  if (device === undefined) return undefined;
  const name = required(image.RootDeviceName);
  const ofImage = image.BlockDeviceMappings?.find((mapping) => mapping.DeviceName === name)?.Ebs;
  const Ebs = {
    DeleteOnTermination: device.deleteOnTermination ?? true,
    Encrypted: device.encrypted,
    Iops: device.iops,
    KmsKeyId: device.kmsKeyId,
    Throughput: device.throughput,
    // AWS takes the image's size by itself, LocalStack does not.
    VolumeSize: device.volumeSize ?? ofImage?.VolumeSize,
    VolumeType: device.volumeType as "gp3" | undefined,
  };
  return [{ DeviceName: name, Ebs }];
}
