import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { EC2 } from "@aws-sdk/client-ec2";
import { IAM } from "@aws-sdk/client-iam";
import { KMS } from "@aws-sdk/client-kms";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { clientOptions } from "../clientOptions.js";
import { Ssm } from "../ssm.js";

/**
 * The ids of all that is alive at an endpoint, sorted, to be compared before and after. What AWS itself keeps for a
 * while is not alive: terminated instances, deleted gateways and keys that wait for their deletion.
 */
export async function inventory(endpoint: string, region = "us-east-1"): Promise<string[]> {
  const configuration = clientOptions({ endpoint, region });
  const lists = await Promise.all([
    ec2Ids(new EC2(configuration)),
    iamIds(new IAM(configuration)),
    otherIds(new KMS(configuration), new SecretsManager(configuration), new CloudWatchLogs(configuration)),
    parameterIds(new Ssm(configuration)),
  ]);
  return lists.flat().sort();
}

async function ec2Ids(ec2: EC2): Promise<string[]> {
  const [vpcs, subnets, tables, acls, groups, interfaces, internet, nats, addresses, endpoints, logs, found] =
    await Promise.all([
      ec2.describeVpcs(),
      ec2.describeSubnets(),
      ec2.describeRouteTables(),
      ec2.describeNetworkAcls(),
      ec2.describeSecurityGroups(),
      ec2.describeNetworkInterfaces(),
      ec2.describeInternetGateways(),
      ec2.describeNatGateways(),
      ec2.describeAddresses(),
      ec2.describeVpcEndpoints(),
      ec2.describeFlowLogs(),
      ec2.describeInstances(),
    ]);
  const alive = new Set(vpcs.Vpcs?.map((each) => each.VpcId));
  const instances = found.Reservations?.flatMap((reservation) => reservation.Instances ?? []);
  return present([
    ids(vpcs.Vpcs, (each) => each.VpcId),
    ids(subnets.Subnets, (each) => each.SubnetId),
    ids(tables.RouteTables, (each) => each.RouteTableId),
    // LocalStack leaves the default ACL of a deleted VPC behind.
    ids(acls.NetworkAcls, (each) => (alive.has(each.VpcId) ? each.NetworkAclId : undefined)),
    ids(groups.SecurityGroups, (each) => each.GroupId),
    ids(interfaces.NetworkInterfaces, (each) => each.NetworkInterfaceId),
    ids(internet.InternetGateways, (each) => each.InternetGatewayId),
    ids(nats.NatGateways, (each) => (each.State === "deleted" ? undefined : each.NatGatewayId)),
    ids(addresses.Addresses, (each) => each.AllocationId),
    ids(endpoints.VpcEndpoints, (each) => (each.State?.toLowerCase() === "deleted" ? undefined : each.VpcEndpointId)),
    ids(logs.FlowLogs, (each) => each.FlowLogId),
    ids(instances, (each) => (each.State?.Name === "terminated" ? undefined : each.InstanceId)),
  ]);
}

async function iamIds(iam: IAM): Promise<string[]> {
  const [roles, profiles] = await Promise.all([iam.listRoles(), iam.listInstanceProfiles()]);
  return present([ids(roles.Roles, (each) => each.Arn), ids(profiles.InstanceProfiles, (each) => each.Arn)]);
}

async function otherIds(kms: KMS, secrets: SecretsManager, logs: CloudWatchLogs): Promise<string[]> {
  const [keys, aliases, secretList, logGroups] = await Promise.all([
    kms.listKeys(),
    kms.listAliases(),
    secrets.listSecrets(),
    logs.describeLogGroups(),
  ]);
  const described = await Promise.all((keys.Keys ?? []).map(({ KeyId }) => kms.describeKey({ KeyId })));
  return present([
    ids(described, ({ KeyMetadata: key }) => (key?.KeyState === "PendingDeletion" ? undefined : key?.Arn)),
    // AWS's own aliases come into being by being looked at.
    ids(aliases.Aliases, (each) => (each.AliasName?.startsWith("alias/aws/") ? undefined : each.AliasArn)),
    ids(secretList.SecretList, (each) => each.ARN),
    ids(logGroups.logGroups, (each) => each.arn),
  ]);
}

async function parameterIds(ssm: Ssm): Promise<string[]> {
  const { Parameters } = await ssm.send("DescribeParameters", {});
  return present([ids(Parameters, (each) => each.Name)]);
}

function ids<Item>(items: readonly Item[] | undefined, id: (item: Item) => string | undefined): (string | undefined)[] {
  return (items ?? []).map(id);
}

function present(lists: readonly (string | undefined)[][]): string[] {
  return lists.flat().filter((id) => id !== undefined);
}
