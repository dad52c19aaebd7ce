import {
  DescribeInstanceAttributeCommand,
  paginateDescribeInstances,
  type EC2Client,
  type Instance,
} from "@aws-sdk/client-ec2";
import { GetInstanceProfileCommand, IAMClient, NoSuchEntityException } from "@aws-sdk/client-iam";
import { clientOptions, type Api } from "../clientOptions.js";
import { ec2Client } from "./ec2.js";

/** A running instance as the EC2 API reports it. */
export interface RunningInstance {
  readonly instanceId: string;
  /** The `Name` tag, or the instance id where there is none. */
  readonly name: string;
  readonly vpcId: string;
  readonly subnetId: string;
  readonly interfaceId: string;
  readonly mac: string;
  readonly privateIp: string;
  readonly availabilityZone: string;
  readonly instanceType: string;
  readonly imageId: string;
  readonly securityGroups: readonly string[];
  readonly userData: Buffer;
  readonly role?: { readonly name: string; readonly arn: string; readonly profileArn: string } | undefined;
}

/** Every running instance of these VPCs. */
export async function readInstances(api: Api, vpcIds: readonly string[]): Promise<RunningInstance[]> {
  const ec2 = ec2Client(api);
  const iam = new IAMClient(clientOptions(api));
  const filters = [
    { Name: "instance-state-name", Values: ["running"] },
    { Name: "vpc-id", Values: [...vpcIds] },
  ];
  const instances: Instance[] = [];
  for await (const page of paginateDescribeInstances({ client: ec2 }, { Filters: filters })) {
    instances.push(...(page.Reservations ?? []).flatMap((reservation) => reservation.Instances ?? []));
  }
  return Promise.all(instances.map((instance) => readInstance(ec2, iam, instance)));
}

async function readInstance(ec2: EC2Client, iam: IAMClient, instance: Instance): Promise<RunningInstance> {
  const instanceId = known(instance.InstanceId, "id of an instance");
  const [first, ...others] = instance.NetworkInterfaces ?? [];
  if (others.length > 0) {
    throw new Error(
      `Instance ${instanceId} has ${others.length + 1} network interfaces; the lab boots hosts with one.`,
    );
  }
  return {
    instanceId,
    name: instance.Tags?.find(({ Key }) => Key === "Name")?.Value ?? instanceId,
    vpcId: known(instance.VpcId, `VPC of ${instanceId}`),
    subnetId: known(instance.SubnetId, `subnet of ${instanceId}`),
    interfaceId: known(first?.NetworkInterfaceId, `network interface of ${instanceId}`),
    mac: known(first?.MacAddress, `MAC address of ${instanceId}`),
    privateIp: known(instance.PrivateIpAddress, `private address of ${instanceId}`),
    availabilityZone: known(instance.Placement?.AvailabilityZone, `zone of ${instanceId}`),
    instanceType: known(instance.InstanceType, `type of ${instanceId}`),
    imageId: known(instance.ImageId, `image of ${instanceId}`),
    securityGroups: (first?.Groups ?? []).flatMap(({ GroupName }) => GroupName ?? []),
    userData: await readUserData(ec2, instanceId),
    role: await readRole(iam, instance.IamInstanceProfile?.Arn),
  };
}

async function readUserData(ec2: EC2Client, instanceId: string): Promise<Buffer> {
  const { UserData } = await ec2.send(
    new DescribeInstanceAttributeCommand({ InstanceId: instanceId, Attribute: "userData" }),
  );
  return Buffer.from(UserData?.Value ?? "", "base64");
}

/** An instance that ran when it was listed may have gone since, and its profile with it. */
async function readRole(iam: IAMClient, profileArn: string | undefined): Promise<RunningInstance["role"]> {
  if (profileArn === undefined) return undefined;
  const InstanceProfileName = profileArn.slice(profileArn.lastIndexOf("/") + 1);
  const found = await iam.send(new GetInstanceProfileCommand({ InstanceProfileName })).catch((error: unknown) => {
    if (error instanceof NoSuchEntityException) return undefined;
    throw error;
  });
  const role = found?.InstanceProfile?.Roles?.[0];
  if (role?.RoleName === undefined || role.Arn === undefined) return undefined;
  return { name: role.RoleName, arn: role.Arn, profileArn };
}

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`The EC2 API reported no ${what}; the lab cannot boot it.`);
  return value;
}
