import type { RunningInstance } from "./instances.js";
import { hostnameOf } from "./machine.js";
import type { InstanceMetadata } from "./services/serviceConfig.js";

/** What the instance metadata service shows of an instance. */
export function metadataOf(instance: RunningInstance, region: string): InstanceMetadata {
  const { instanceId, privateIp, availabilityZone, instanceType, imageId, mac, role, userData } = instance;
  const domain = region === "us-east-1" ? "ec2.internal" : `${region}.compute.internal`;
  const localHostname = `${hostnameOf(privateIp)}.${domain}`;
  const identity = {
    accountId: role?.arn.split(":")[4] ?? "000000000000",
    architecture: "x86_64",
    availabilityZone,
    imageId,
    instanceId,
    instanceType,
    privateIp,
    region,
    version: "2017-09-30",
  };
  const link = `meta-data/network/interfaces/macs/${mac}`;
  return {
    privateIp,
    instanceId,
    role,
    userDataBase64: userData.toString("base64"),
    texts: {
      "meta-data/ami-id": imageId,
      "meta-data/hostname": localHostname,
      "meta-data/instance-id": instanceId,
      "meta-data/instance-type": instanceType,
      "meta-data/local-hostname": localHostname,
      "meta-data/local-ipv4": privateIp,
      "meta-data/mac": mac,
      "meta-data/placement/availability-zone": availabilityZone,
      "meta-data/placement/region": region,
      "meta-data/security-groups": instance.securityGroups.join("\n"),
      [`${link}/interface-id`]: instance.interfaceId,
      [`${link}/local-ipv4s`]: privateIp,
      [`${link}/subnet-id`]: instance.subnetId,
      [`${link}/vpc-id`]: instance.vpcId,
      "dynamic/instance-identity/document": JSON.stringify(identity, null, 2),
    },
  };
}
