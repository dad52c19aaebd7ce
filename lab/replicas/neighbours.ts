import { DescribeInstancesCommand } from "@aws-sdk/client-ec2";
import type { Api } from "../clientOptions.js";
import { ec2Client } from "../hosts/ec2.js";
import type { Host, Hosts, Probe } from "../hosts/index.js";

/** A machine of nobody's in a host's subnet: a stranger there, or in the host's own security groups. */
export type Neighbour = (of: Host, as: "a stranger" | "one of its own") => Promise<Probe>;

/** Each is made by the first who asks. */
export function neighbours(hosts: Pick<Hosts, "addProbe">, api: Api): Neighbour {
  const known = new Map<string, Promise<Probe>>();
  return ({ name, instanceId, subnetId, privateIp }, as) => {
    const key = `${as} beside ${instanceId}`;
    const privateIpAddress = behind(privateIp, as === "a stranger" ? 1 : 2);
    const make = async (): Promise<Probe> => {
      const groups = as === "a stranger" ? {} : { securityGroupIds: await groupsOf(instanceId, api) };
      return hosts.addProbe({ name: `beside-${name}`, subnetId, privateIpAddress, ...groups });
    };
    const probe = known.get(key) ?? make();
    known.set(key, probe);
    return probe;
  };
}

async function groupsOf(instanceId: string, api: Api): Promise<string[]> {
  const { Reservations = [] } = await ec2Client(api).send(new DescribeInstancesCommand({ InstanceIds: [instanceId] }));
  const interfaces = Reservations.flatMap(({ Instances = [] }) => Instances).flatMap(
    ({ NetworkInterfaces = [] }) => NetworkInterfaces,
  );
  return interfaces.flatMap(({ Groups = [] }) => Groups).flatMap(({ GroupId }) => GroupId ?? []);
}

function behind(address: string, count: number): string {
  return address.replace(/\d+$/, (last) => String(Number(last) + count));
}
