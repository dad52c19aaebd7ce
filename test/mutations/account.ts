import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeInstancesCommand, type EC2Client, type Filter, type Instance } from "@aws-sdk/client-ec2";
import type { IAMClient } from "@aws-sdk/client-iam";
import type { KMSClient } from "@aws-sdk/client-kms";
import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Deployed } from "../../src/evidence/evidence.js";
import { checkName, type CheckName } from "./checkName.js";

/** An account with a cache in it. */
export interface Account {
  readonly ec2: EC2Client;
  readonly iam: IAMClient;
  readonly kms: KMSClient;
  readonly logs: CloudWatchLogsClient;
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

export function inAws(control: string, shows: string): CheckName {
  return checkName("aws", control, shows);
}

export function subnetId({ subnets }: Deployed): string {
  return subnets[0]?.id ?? "";
}

export function instanceId({ nodes }: Deployed): string {
  return nodes[0]?.instanceId ?? "";
}

export function ofSubnet(deployed: Deployed): Filter[] {
  return [{ Name: "association.subnet-id", Values: [subnetId(deployed)] }];
}

export async function describeInstance(ec2: EC2Client, deployed: Deployed): Promise<Instance> {
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [instanceId(deployed)] }));
  const instance = Reservations?.[0]?.Instances?.[0];
  if (instance === undefined) throw new Error(`EC2 knows no instance ${instanceId(deployed)}.`);
  return instance;
}
