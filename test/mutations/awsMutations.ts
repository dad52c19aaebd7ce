import {
  AttachVolumeCommand,
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkAclEntryCommand,
  CreateRouteCommand,
  CreateSnapshotCommand,
  CreateVolumeCommand,
  DeleteFlowLogsCommand,
  DeleteNetworkAclEntryCommand,
  DeleteRouteCommand,
  DeleteSnapshotCommand,
  DeleteVolumeCommand,
  DescribeFlowLogsCommand,
  DescribeInstancesCommand,
  DescribeInternetGatewaysCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DetachVolumeCommand,
  ModifyInstanceMetadataOptionsCommand,
  ModifySubnetAttributeCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  type EC2Client,
  type Filter,
  type Instance,
} from "@aws-sdk/client-ec2";
import {
  AttachRolePolicyCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetInstanceProfileCommand,
  PutRolePolicyCommand,
  type IAMClient,
} from "@aws-sdk/client-iam";
import {
  CreateKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyRotationCommand,
  type KMSClient,
} from "@aws-sdk/client-kms";
import { UpdateSecretCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Deployed } from "../../src/evidence/evidence.js";
import { checkName, type CheckName } from "./checkName.js";

/** An account with a cache in it. */
export interface Account {
  readonly ec2: EC2Client;
  readonly iam: IAMClient;
  readonly kms: KMSClient;
  readonly secrets: SecretsManagerClient;
  readonly deployed: Deployed;
}

/** Something that somebody does by hand in the AWS account. */
export interface AwsMutation {
  readonly what: string;
  /** The one check that `verify` has to find broken. */
  readonly breaks: CheckName;
  /** Why nothing else may be done at the same time. */
  readonly alone?: string;
  /** Does it, and returns what undoes it. */
  readonly does: (account: Account) => Promise<() => Promise<unknown>>;
}

function inAws(control: string, shows: string): CheckName {
  return checkName("aws", control, shows);
}

/** In this order: after the last one nothing else can be seen to be found out. */
export const awsMutations: readonly AwsMutation[] = [
  {
    what: "give public addresses to what is put into the cache's subnet",
    breaks: inAws("private-subnets", "no subnet of the cache gives public addresses"),
    does: async ({ ec2, deployed }) => {
      const set = (Value: boolean) =>
        ec2.send(
          new ModifySubnetAttributeCommand({ SubnetId: subnetId(deployed), MapPublicIpOnLaunch: { Value } }),
        );
      await set(true);
      return () => set(false);
    },
  },
  {
    what: "add a route to the internet to the cache's subnet",
    breaks: inAws("private-subnets", "no route of the cache's subnets leads to an internet gateway"),
    does: async ({ ec2, deployed }) => {
      const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ Filters: ofSubnet(deployed) }));
      const { InternetGateways } = await ec2.send(
        new DescribeInternetGatewaysCommand({
          Filters: [{ Name: "attachment.vpc-id", Values: [deployed.vpcId] }],
        }),
      );
      const route = { RouteTableId: RouteTables?.[0]?.RouteTableId, DestinationCidrBlock: "192.0.2.0/24" };
      await ec2.send(
        new CreateRouteCommand({ ...route, GatewayId: InternetGateways?.[0]?.InternetGatewayId }),
      );
      return () => ec2.send(new DeleteRouteCommand(route));
    },
  },
  {
    what: "let another network in by the security group",
    breaks: inAws("flows-only", "the security group lets in what is planned and nothing else"),
    does: async ({ ec2, deployed }) => {
      const rule = ruleOf(deployed, 6379, "10.0.200.0/24");
      await ec2.send(new AuthorizeSecurityGroupIngressCommand(rule));
      return () => ec2.send(new RevokeSecurityGroupIngressCommand(rule));
    },
  },
  {
    what: "let the applications' network in on another port",
    breaks: inAws("flows-only", "the security group lets in what is planned and nothing else"),
    does: async ({ ec2, deployed }) => {
      const rule = ruleOf(deployed, 8080, "10.0.16.0/20");
      await ec2.send(new AuthorizeSecurityGroupIngressCommand(rule));
      return () => ec2.send(new RevokeSecurityGroupIngressCommand(rule));
    },
  },
  {
    what: "let everybody in by the network ACL",
    breaks: inAws("flows-only", "the network ACL has the planned entries and no other"),
    does: async ({ ec2, deployed }) => {
      const { NetworkAcls } = await ec2.send(new DescribeNetworkAclsCommand({ Filters: ofSubnet(deployed) }));
      const entry = { NetworkAclId: NetworkAcls?.[0]?.NetworkAclId, RuleNumber: 50, Egress: false };
      const all = {
        Protocol: "6",
        RuleAction: "allow",
        CidrBlock: "0.0.0.0/0",
        PortRange: { From: 1, To: 65535 },
      } as const;
      await ec2.send(new CreateNetworkAclEntryCommand({ ...entry, ...all }));
      return () => ec2.send(new DeleteNetworkAclEntryCommand(entry));
    },
  },
  {
    what: "let mail out",
    breaks: inAws("way-out", "the security group lets out to the planned networks alone"),
    does: async ({ ec2, deployed }) => {
      const { CidrIp, ...port } = ruleOf(deployed, 25, "0.0.0.0/0");
      const { GroupId, ...permission } = port;
      const rule = { GroupId, IpPermissions: [{ ...permission, IpRanges: [{ CidrIp }] }] };
      await ec2.send(new AuthorizeSecurityGroupEgressCommand(rule));
      return () => ec2.send(new RevokeSecurityGroupEgressCommand(rule));
    },
  },
  {
    what: "attach a volume that is not encrypted",
    breaks: inAws("encrypted-volumes", "all volumes of sessions-0 are encrypted under the cache's key"),
    does: async ({ ec2, deployed }) => {
      const { VolumeId } = await ec2.send(
        new CreateVolumeCommand({ AvailabilityZone: "us-east-1a", Size: 1 }),
      );
      const attachment = { VolumeId, InstanceId: instanceId(deployed), Device: "/dev/sdz" };
      await ec2.send(new AttachVolumeCommand(attachment));
      return async () => {
        await ec2.send(new DetachVolumeCommand(attachment));
        await ec2.send(new DeleteVolumeCommand({ VolumeId }));
      };
    },
  },
  {
    what: "stop the yearly renewal of the key",
    breaks: inAws("encrypted-volumes", "the key's material is renewed each year"),
    does: async ({ kms, deployed }) => {
      const key = { KeyId: deployed.kmsKeyArn };
      await kms.send(new DisableKeyRotationCommand(key));
      return () => kms.send(new EnableKeyRotationCommand(key));
    },
  },
  {
    what: "make a snapshot of the node's disk",
    breaks: inAws("backup", "nobody has made a copy of a volume of sessions-0"),
    does: async ({ ec2, deployed }) => {
      const instance = await describeInstance(ec2, deployed);
      const VolumeId = instance.BlockDeviceMappings?.[0]?.Ebs?.VolumeId;
      const { SnapshotId } = await ec2.send(new CreateSnapshotCommand({ VolumeId }));
      return () => ec2.send(new DeleteSnapshotCommand({ SnapshotId }));
    },
  },
  {
    what: "make the node an administrator of the account",
    breaks: inAws("least-privilege", "the role of sessions-0 has its one policy and no other"),
    does: async (account) => {
      const policy = {
        RoleName: await roleOf(account),
        PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
      };
      await account.iam.send(new AttachRolePolicyCommand(policy));
      return () => account.iam.send(new DetachRolePolicyCommand(policy));
    },
  },
  {
    what: "put another policy into the node's role",
    breaks: inAws("least-privilege", "the role of sessions-0 has its one policy and no other"),
    does: async (account) => {
      const policy = { RoleName: await roleOf(account), PolicyName: "more" };
      const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
      const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
      await account.iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument }));
      return () => account.iam.send(new DeleteRolePolicyCommand(policy));
    },
  },
  {
    what: "encrypt the node's secret under another key",
    breaks: inAws("least-privilege", "the secret of sessions-0 is encrypted under the cache's key"),
    does: (account) => underAnotherKey(account, account.deployed.nodes[0]?.secretArn),
  },
  {
    what: "encrypt a client's secret under another key",
    breaks: inAws("least-privilege", "the secret of web is encrypted under the cache's key"),
    does: (account) => underAnotherKey(account, account.deployed.clients[0]?.secretArn),
  },
  {
    what: "let the node's metadata be asked without a token",
    breaks: inAws("instance-metadata", "sessions-0 takes IMDSv2 alone"),
    does: async ({ ec2, deployed }) => {
      const set = (HttpTokens: "optional" | "required") =>
        ec2.send(
          new ModifyInstanceMetadataOptionsCommand({
            InstanceId: instanceId(deployed),
            HttpTokens,
            HttpPutResponseHopLimit: 1,
          }),
        );
      await set("optional");
      return () => set("required");
    },
  },
  {
    what: "stop the node that the report speaks of",
    breaks: inAws("documentation", "sessions-0 runs, and is where the report says"),
    does: async ({ ec2, deployed }) => {
      const InstanceIds = [instanceId(deployed)];
      await ec2.send(new StopInstancesCommand({ InstanceIds }));
      return () => ec2.send(new StartInstancesCommand({ InstanceIds }));
    },
  },
  {
    what: "delete the VPC's flow log",
    breaks: inAws("connection-log", "the VPC has a flow log of all traffic"),
    alone: "It can't be undone.",
    does: async ({ ec2, deployed }) => {
      const { FlowLogs } = await ec2.send(
        new DescribeFlowLogsCommand({ Filter: [{ Name: "resource-id", Values: [deployed.vpcId] }] }),
      );
      const FlowLogIds = (FlowLogs ?? []).flatMap(({ FlowLogId }) => FlowLogId ?? []);
      await ec2.send(new DeleteFlowLogsCommand({ FlowLogIds }));
      return () => Promise.resolve();
    },
  },
];

async function underAnotherKey(
  { kms, secrets, deployed }: Account,
  SecretId: string | undefined,
): Promise<() => Promise<unknown>> {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  await secrets.send(new UpdateSecretCommand({ SecretId, KmsKeyId: KeyMetadata?.Arn }));
  return () => secrets.send(new UpdateSecretCommand({ SecretId, KmsKeyId: deployed.kmsKeyArn }));
}

function subnetId({ subnets }: Deployed): string {
  return subnets[0]?.id ?? "";
}

function instanceId({ nodes }: Deployed): string {
  return nodes[0]?.instanceId ?? "";
}

function ofSubnet(deployed: Deployed): Filter[] {
  return [{ Name: "association.subnet-id", Values: [subnetId(deployed)] }];
}

function ruleOf(
  { securityGroupId }: Deployed,
  port: number,
  cidrBlock: string,
): { GroupId: string; IpProtocol: string; FromPort: number; ToPort: number; CidrIp: string } {
  return { GroupId: securityGroupId, IpProtocol: "tcp", FromPort: port, ToPort: port, CidrIp: cidrBlock };
}

async function describeInstance(ec2: EC2Client, deployed: Deployed): Promise<Instance> {
  const { Reservations } = await ec2.send(
    new DescribeInstancesCommand({ InstanceIds: [instanceId(deployed)] }),
  );
  const instance = Reservations?.[0]?.Instances?.[0];
  if (instance === undefined) throw new Error(`EC2 knows no instance ${instanceId(deployed)}.`);
  return instance;
}

async function roleOf({ ec2, iam, deployed }: Account): Promise<string> {
  const { IamInstanceProfile } = await describeInstance(ec2, deployed);
  const InstanceProfileName = IamInstanceProfile?.Arn?.split("/").at(-1);
  const { InstanceProfile } = await iam.send(new GetInstanceProfileCommand({ InstanceProfileName }));
  return InstanceProfile?.Roles?.[0]?.RoleName ?? "";
}
