import {
  CreateNetworkInterfaceCommand,
  CreateSecurityGroupCommand,
  DescribeSubnetsCommand,
  type EC2Client,
} from "@aws-sdk/client-ec2";
import type { Api } from "../clientOptions.js";
import { execBehind, type ExecOptions, type ExecResult } from "./exec.js";
import { assertRunning, record } from "./journal.js";
import type { VpcNetwork } from "./vpcNetwork.js";

export interface ProbeOptions {
  readonly name: string;
  readonly subnetId: string;
  /** By default the API chooses one: LocalStack one that may be somebody's, which a small subnet makes likely. */
  readonly privateIpAddress?: string;
  /** By default a group of its own that lets everything out and nothing in: a stranger's machine. */
  readonly securityGroupIds?: readonly string[];
}

/** A stranger's machine: a network interface in a subnet, from which this machine's programs can be run. */
export interface Probe {
  readonly name: string;
  readonly interfaceId: string;
  readonly privateIp: string;
  readonly securityGroupIds: readonly string[];
  exec(command: readonly string[], options?: Omit<ExecOptions, "user">): Promise<ExecResult>;
}

/** Creates the probe's interface through the EC2 API; all of it is recorded, and deleted when the hosts stop. */
export async function createProbe(
  { name, subnetId, privateIpAddress, securityGroupIds }: ProbeOptions,
  context: {
    readonly api: Api;
    readonly ec2: EC2Client;
    readonly namespace: string;
    readonly vpcNetwork: (vpcId: string) => VpcNetwork;
  },
): Promise<Probe> {
  const { api, ec2, namespace } = context;
  assertRunning();
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [subnetId] }));
  const vpcId = Subnets?.[0]?.VpcId;
  if (vpcId === undefined) throw new Error(`The EC2 API reports no subnet ${subnetId} for the probe "${name}".`);
  const groups = securityGroupIds ?? [await createStrangersGroup(ec2, api, name, vpcId)];
  const created = await ec2.send(
    new CreateNetworkInterfaceCommand({
      SubnetId: subnetId,
      PrivateIpAddress: privateIpAddress,
      Groups: [...groups],
      Description: `lab probe ${name}`,
    }),
  );
  const interfaceId = created.NetworkInterface?.NetworkInterfaceId;
  const privateIp = created.NetworkInterface?.PrivateIpAddress;
  if (interfaceId === undefined || privateIp === undefined) {
    throw new Error(`The EC2 API made no network interface for the probe "${name}".`);
  }
  record({ kind: "ec2", ...api, id: interfaceId });
  await context.vpcNetwork(vpcId).attach(namespace, interfaceId);
  return {
    name,
    interfaceId,
    privateIp,
    securityGroupIds: groups,
    exec: (command, options) => execBehind(["nsenter", `--net=/run/netns/${namespace}`], command, options),
  };
}

async function createStrangersGroup(ec2: EC2Client, api: Api, name: string, vpcId: string): Promise<string> {
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({
      GroupName: `lab-probe-${name}`,
      Description: "A stranger in the lab: everything out, nothing in",
      VpcId: vpcId,
    }),
  );
  if (GroupId === undefined) throw new Error(`The EC2 API made no security group for the probe "${name}".`);
  record({ kind: "ec2", ...api, id: GroupId });
  return GroupId;
}
