import { DescribeLogGroupsCommand, PutRetentionPolicyCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  AttachVolumeCommand,
  CreateFlowLogsCommand,
  CreateSnapshotCommand,
  CreateVolumeCommand,
  CreateVpcCommand,
  DeleteFlowLogsCommand,
  DeleteSnapshotCommand,
  DeleteVolumeCommand,
  DeleteVpcCommand,
  DescribeFlowLogsCommand,
  DetachVolumeCommand,
  ModifyInstanceMetadataOptionsCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  type EC2Client,
  type FlowLog,
} from "@aws-sdk/client-ec2";
import { CreateKeyCommand, DisableKeyRotationCommand, EnableKeyRotationCommand } from "@aws-sdk/client-kms";
import type { Deployed } from "../../src/evidence/evidence.js";
import { describeInstance, inAws, instanceId, type AwsMutation } from "./account.js";
import { awsGrantMutations } from "./awsGrantMutations.js";
import { awsNetworkMutations } from "./awsNetworkMutations.js";

export type { Account, AwsMutation } from "./account.js";

const flowLog = inAws(
  "connection-log",
  "the VPC has a flow log of all traffic, which is delivered and kept for a month at least",
);

/** In this order: after the last one nothing else can be seen to be found out. */
export const awsMutations: readonly AwsMutation[] = [
  ...awsNetworkMutations,
  ...awsGrantMutations,
  {
    what: "attach a volume that is not encrypted",
    breaks: inAws("encrypted-volumes", "all volumes of sessions-0 are encrypted under the cache's key"),
    does: async ({ ec2, deployed }) => {
      const { VolumeId } = await ec2.send(new CreateVolumeCommand({ AvailabilityZone: "us-east-1a", Size: 1 }));
      const attachment = { VolumeId, InstanceId: instanceId(deployed), Device: "/dev/sdz" };
      await ec2.send(new AttachVolumeCommand(attachment));
      return async () => {
        await ec2.send(new DetachVolumeCommand(attachment));
        await ec2.send(new DeleteVolumeCommand({ VolumeId }));
      };
    },
  },
  {
    what: "attach a volume that is encrypted under another key",
    breaks: inAws("encrypted-volumes", "all volumes of sessions-0 are encrypted under the cache's key"),
    does: async ({ ec2, kms, deployed }) => {
      const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
      const { VolumeId } = await ec2.send(
        new CreateVolumeCommand({
          AvailabilityZone: "us-east-1a",
          Size: 1,
          Encrypted: true,
          KmsKeyId: KeyMetadata?.Arn,
        }),
      );
      const attachment = { VolumeId, InstanceId: instanceId(deployed), Device: "/dev/sdy" };
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
    breaks: inAws("backup", "no snapshot has been made of a volume of sessions-0"),
    does: async ({ ec2, deployed }) => {
      const instance = await describeInstance(ec2, deployed);
      const VolumeId = instance.BlockDeviceMappings?.[0]?.Ebs?.VolumeId;
      const { SnapshotId } = await ec2.send(new CreateSnapshotCommand({ VolumeId }));
      return () => ec2.send(new DeleteSnapshotCommand({ SnapshotId }));
    },
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
    what: "have the VPC's flow log deliver to a group that is not there",
    breaks: flowLog,
    does: async ({ ec2, deployed }) => {
      const [was] = await flowLogs(ec2, deployed);
      const replaceBy = async (like: FlowLog | undefined): Promise<void> => {
        await deleteFlowLogs(ec2, deployed);
        await createFlowLog(ec2, deployed.vpcId, like);
      };
      await replaceBy({ ...was, LogGroupName: "nowhere" });
      return () => replaceBy(was);
    },
  },
  {
    what: "have a flow log of another VPC in the place of the cache's",
    breaks: flowLog,
    does: async ({ ec2, deployed }) => {
      const [was] = await flowLogs(ec2, deployed);
      const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.250.0.0/16" }));
      const vpcId = Vpc?.VpcId ?? "";
      await deleteFlowLogs(ec2, deployed);
      await createFlowLog(ec2, vpcId, was);
      return async () => {
        await deleteFlowLogs(ec2, { vpcId });
        await ec2.send(new DeleteVpcCommand({ VpcId: vpcId }));
        await createFlowLog(ec2, deployed.vpcId, was);
      };
    },
  },
  {
    what: "keep the VPC's flow log for a day",
    breaks: flowLog,
    does: async ({ ec2, logs, deployed }) => {
      const [log] = await flowLogs(ec2, deployed);
      const logGroupName = log?.LogGroupName;
      const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }));
      const keep = (retentionInDays: number | undefined) =>
        logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }));
      await keep(1);
      return () => keep(logGroups?.[0]?.retentionInDays);
    },
  },
  {
    what: "delete the VPC's flow log",
    breaks: flowLog,
    alone: "It can't be undone.",
    does: async ({ ec2, deployed }) => {
      await deleteFlowLogs(ec2, deployed);
      return () => Promise.resolve();
    },
  },
];

async function createFlowLog(ec2: EC2Client, vpcId: string, like: FlowLog | undefined): Promise<void> {
  await ec2.send(
    new CreateFlowLogsCommand({
      ResourceType: "VPC",
      ResourceIds: [vpcId],
      TrafficType: like?.TrafficType,
      DeliverLogsPermissionArn: like?.DeliverLogsPermissionArn,
      LogGroupName: like?.LogGroupName,
      MaxAggregationInterval: like?.MaxAggregationInterval,
    }),
  );
}

async function flowLogs(ec2: EC2Client, { vpcId }: Pick<Deployed, "vpcId">): Promise<FlowLog[]> {
  const { FlowLogs } = await ec2.send(
    new DescribeFlowLogsCommand({ Filter: [{ Name: "resource-id", Values: [vpcId] }] }),
  );
  return FlowLogs ?? [];
}

async function deleteFlowLogs(ec2: EC2Client, deployed: Pick<Deployed, "vpcId">): Promise<void> {
  const FlowLogIds = (await flowLogs(ec2, deployed)).flatMap(({ FlowLogId }) => FlowLogId ?? []);
  await ec2.send(new DeleteFlowLogsCommand({ FlowLogIds }));
}
