import type { EC2 } from "@aws-sdk/client-ec2";
import type { InstanceInputs } from "./instanceInputs.js";
import { changeTags } from "./ec2Type.js";
import { findInstance, metadataRequest, userDataBase64, waitForState } from "./instanceLife.js";
import { rootVolume } from "./instanceOutputs.js";

/** What AWS changes only while the instance is stopped. */
const needsStop = ["ebsOptimized", "instanceType", "userData", "userDataBase64"];

/** Changes an instance in place, and stops it for that only where AWS asks so. */
export async function changeInstance(
  client: EC2,
  id: string,
  news: InstanceInputs,
  changed: ReadonlySet<string>,
  olds: Partial<InstanceInputs>,
): Promise<void> {
  const change = (attribute: object) => client.modifyInstanceAttribute({ InstanceId: id, ...attribute });
  if (changed.has("vpcSecurityGroupIds")) await change({ Groups: news.vpcSecurityGroupIds });
  if (changed.has("sourceDestCheck")) await change({ SourceDestCheck: { Value: news.sourceDestCheck ?? true } });
  if (changed.has("disableApiTermination")) {
    await change({ DisableApiTermination: { Value: news.disableApiTermination ?? false } });
  }
  if (changed.has("metadataOptions")) {
    await client.modifyInstanceMetadataOptions({ InstanceId: id, ...metadataRequest(news) });
  }
  if (changed.has("monitoring")) await setMonitoring(client, id, news.monitoring ?? false);
  if (changed.has("iamInstanceProfile")) await setProfile(client, id, news.iamInstanceProfile);
  if (changed.has("volumeTags")) await changeVolumeTags(client, id, olds, news);
  if (needsStop.some((name) => changed.has(name))) await changeStopped(client, id, news, changed);
}

async function changeStopped(
  client: EC2,
  id: string,
  news: InstanceInputs,
  changed: ReadonlySet<string>,
): Promise<void> {
  const change = (attribute: object) => client.modifyInstanceAttribute({ InstanceId: id, ...attribute });
  await client.stopInstances({ InstanceIds: [id] });
  await waitForState(client, id, "stopped");
  if (changed.has("instanceType")) await change({ InstanceType: { Value: news.instanceType } });
  if (changed.has("ebsOptimized")) await change({ EbsOptimized: { Value: news.ebsOptimized ?? false } });
  if (changed.has("userData") || changed.has("userDataBase64")) {
    // EC2 wants the bytes here, which the SDK encodes; LocalStack wants them to be Base64 text once more.
    await change({ UserData: { Value: Buffer.from(userDataBase64(news) ?? "") } });
  }
  await client.startInstances({ InstanceIds: [id] });
  await waitForState(client, id, "running");
}

async function changeVolumeTags(
  client: EC2,
  id: string,
  olds: Partial<InstanceInputs>,
  news: InstanceInputs,
): Promise<void> {
  const live = await findInstance(client, id);
  const VolumeId = live && (await rootVolume(client, live))?.VolumeId;
  if (VolumeId !== undefined) await changeTags(client, VolumeId, olds.volumeTags, news.volumeTags);
}

async function setMonitoring(client: EC2, id: string, on: boolean): Promise<void> {
  const request = { InstanceIds: [id] };
  await (on ? client.monitorInstances(request) : client.unmonitorInstances(request));
}

async function setProfile(client: EC2, id: string, profile?: string): Promise<void> {
  const Filters = [{ Name: "instance-id", Values: [id] }];
  const found = await client.describeIamInstanceProfileAssociations({ Filters });
  const AssociationId = found.IamInstanceProfileAssociations?.[0]?.AssociationId;
  const IamInstanceProfile = profile === undefined ? undefined : { Name: profile };
  if (IamInstanceProfile === undefined) {
    if (AssociationId !== undefined) await client.disassociateIamInstanceProfile({ AssociationId });
  } else if (AssociationId === undefined) {
    await client.associateIamInstanceProfile({ InstanceId: id, IamInstanceProfile });
  } else await client.replaceIamInstanceProfileAssociation({ AssociationId, IamInstanceProfile });
}
