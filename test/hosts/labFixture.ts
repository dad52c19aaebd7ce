import {
  AllocateAddressCommand,
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  EC2Client,
  type NetworkInterface,
  ReplaceNetworkAclAssociationCommand,
  RunInstancesCommand,
} from "@aws-sdk/client-ec2";
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { clientOptions } from "../../lab/clientOptions.js";
import { debianImageIds } from "../../lab/scenario/quickstart.js";

/** A VPC with a public, an app, a cache and a stranger's subnet, and one instance each in app and cache. */
export interface LabFixture {
  readonly vpcId: string;
  readonly subnets: Readonly<Record<"public" | "app" | "cache" | "stranger", string>>;
  readonly groups: Readonly<Record<"app" | "cache", string>>;
  readonly cacheAclId: string;
  interfaces(): Promise<readonly NetworkInterface[]>;
}

/** One of each release. */
export const operatingSystemOf = { app: "debian-13", cache: "debian-12" } as const;

/** What the lab's own test boots; the library's hosts have tests of their own. */
export async function createLabFixture(options: {
  readonly endpoint: string;
  readonly region: string;
  readonly suffix: string;
  readonly userData: Readonly<Record<"app" | "cache", string>>;
  readonly secret: string;
}): Promise<LabFixture> {
  const { endpoint, region, suffix, userData, secret } = options;
  const client = clientOptions({ endpoint, region });
  const ec2 = new EC2Client(client);
  const network = await createNetwork(ec2, suffix);
  const profile = await createProfile(new IAMClient(client), suffix);
  const secrets = new SecretsManagerClient(client);
  await secrets.send(new CreateSecretCommand({ Name: `lab-${suffix}`, SecretString: secret }));
  const launch = async (name: keyof typeof operatingSystemOf) => {
    const { Instances } = await ec2.send(
      new RunInstancesCommand({
        ImageId: debianImageIds[operatingSystemOf[name]],
        InstanceType: "t3.micro",
        MinCount: 1,
        MaxCount: 1,
        SubnetId: network.subnets[name],
        SecurityGroupIds: [network.groups[name]],
        IamInstanceProfile: { Name: profile },
        UserData: Buffer.from(userData[name]).toString("base64"),
        TagSpecifications: [{ ResourceType: "instance", Tags: [{ Key: "Name", Value: name }] }],
      }),
    );
    return some(Instances?.[0]?.InstanceId);
  };
  await launch("app");
  await launch("cache");
  // Other layers of tests have networks and probes at the same LocalStack.
  const ofNetwork = { Filters: [{ Name: "vpc-id", Values: [network.vpcId] }] };
  return {
    ...network,
    interfaces: async () => (await ec2.send(new DescribeNetworkInterfacesCommand(ofNetwork))).NetworkInterfaces ?? [],
  };
}

async function createNetwork(ec2: EC2Client, suffix: string): Promise<Omit<LabFixture, "interfaces">> {
  const vpcId = some((await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }))).Vpc?.VpcId);
  const subnet = async (CidrBlock: string) =>
    some((await ec2.send(new CreateSubnetCommand({ VpcId: vpcId, CidrBlock }))).Subnet?.SubnetId);
  const subnets = {
    public: await subnet("10.0.0.0/24"),
    app: await subnet("10.0.16.0/24"),
    cache: await subnet("10.0.100.0/28"),
    stranger: await subnet("10.0.50.0/24"),
  };
  await createRoutes(ec2, vpcId, subnets);
  const group = async (name: string) =>
    some(
      (
        await ec2.send(
          new CreateSecurityGroupCommand({ GroupName: `${name}-${suffix}`, Description: name, VpcId: vpcId }),
        )
      ).GroupId,
    );
  const groups = { app: await group("app"), cache: await group("cache") };
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId: groups.cache,
      IpPermissions: [
        { IpProtocol: "tcp", FromPort: 6379, ToPort: 6379, UserIdGroupPairs: [{ GroupId: groups.app }] },
        // The security group lets the stranger in here; the network ACL does not.
        { IpProtocol: "tcp", FromPort: 7000, ToPort: 7001, IpRanges: [{ CidrIp: "10.0.0.0/16" }] },
      ],
    }),
  );
  return { vpcId, subnets, groups, cacheAclId: await createCacheAcl(ec2, vpcId, subnets.cache) };
}

async function createRoutes(ec2: EC2Client, vpcId: string, subnets: LabFixture["subnets"]): Promise<void> {
  const gateway = some((await ec2.send(new CreateInternetGatewayCommand({}))).InternetGateway?.InternetGatewayId);
  await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId: gateway, VpcId: vpcId }));
  const table = async (target: object, members: readonly string[]) => {
    const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId: vpcId }));
    const RouteTableId = some(RouteTable?.RouteTableId);
    await ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: "0.0.0.0/0", ...target }));
    for (const SubnetId of members) await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }));
  };
  await table({ GatewayId: gateway }, [subnets.public]);
  const { AllocationId } = await ec2.send(new AllocateAddressCommand({ Domain: "vpc" }));
  const { NatGateway } = await ec2.send(new CreateNatGatewayCommand({ SubnetId: subnets.public, AllocationId }));
  await table({ NatGatewayId: NatGateway?.NatGatewayId }, [subnets.app, subnets.cache]);
}

/** 6379 for the app subnet and answers; 7000 and 7001 in, but no way back for answers from 7001; packages. */
async function createCacheAcl(ec2: EC2Client, vpcId: string, subnetId: string): Promise<string> {
  const { NetworkAcl } = await ec2.send(new CreateNetworkAclCommand({ VpcId: vpcId }));
  const NetworkAclId = some(NetworkAcl?.NetworkAclId);
  const entry = (RuleNumber: number, Egress: boolean, CidrBlock: string, From: number, To: number, allow = true) =>
    ec2.send(
      new CreateNetworkAclEntryCommand({
        NetworkAclId,
        RuleNumber,
        Egress,
        CidrBlock,
        Protocol: "6",
        PortRange: { From, To },
        RuleAction: allow ? "allow" : "deny",
      }),
    );
  await entry(100, false, "10.0.16.0/24", 6379, 6379);
  await entry(110, false, "10.0.16.0/24", 7000, 7001);
  await entry(120, false, "0.0.0.0/0", 32768, 60999);
  await entry(100, true, "0.0.0.0/0", 443, 443);
  await entry(110, true, "10.0.16.0/24", 50000, 50099, false);
  await entry(120, true, "10.0.16.0/24", 32768, 60999);
  const current = await ec2.send(
    new DescribeNetworkAclsCommand({ Filters: [{ Name: "association.subnet-id", Values: [subnetId] }] }),
  );
  const AssociationId = current.NetworkAcls?.[0]?.Associations?.find(
    (each) => each.SubnetId === subnetId,
  )?.NetworkAclAssociationId;
  await ec2.send(new ReplaceNetworkAclAssociationCommand({ AssociationId, NetworkAclId }));
  return NetworkAclId;
}

async function createProfile(iam: IAMClient, suffix: string): Promise<string> {
  const RoleName = `lab-${suffix}`;
  const InstanceProfileName = `lab-profile-${suffix}`;
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
  });
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }));
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }));
  return InstanceProfileName;
}

function some<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("The EC2 API left an id out of its answer.");
  return value;
}
