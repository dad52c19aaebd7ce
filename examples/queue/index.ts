// A cache for a queue (BullMQ), and two hosts: `web` adds jobs, `worker` does them (app/).
import * as aws from "@pulumi/aws";
import { HipaaNetwork, HipaaRedisCache, HipaaRedisClient } from "pulumi-hipaa-redis";

const network = new HipaaNetwork("clinic", { cidrBlock: "10.0.0.0/16", availabilityZones: ["us-east-1a"] });

const cache = new HipaaRedisCache("jobs", {
  vpcId: network.vpcId,
  vpcCidrBlock: network.vpcCidrBlock,
  subnets: network.cacheSubnets,
  appCidrBlocks: network.appCidrBlocks,
  operators: [],
  clients: ["web", "worker"],
  // A full cache refuses new jobs rather than forget old ones.
  evictionPolicy: "noeviction",
  // BullMQ's commands are Lua. The report lists both as deviations: give the queue a cache of its own.
  allowScripting: true,
});

const debian = aws.ec2.getAmiOutput({
  owners: ["136693071363"],
  mostRecent: true,
  filters: [{ name: "name", values: ["debian-13-amd64-*"] }],
});

const hosts = (["web", "worker"] as const).map((name) => {
  const client = new HipaaRedisClient(name, { connection: cache.connections[name], appUser: name });
  return new aws.ec2.Instance(
    name,
    {
      ami: debian.id,
      instanceType: "m6i.large",
      tenancy: "dedicated",
      subnetId: network.appSubnetIds[0],
      vpcSecurityGroupIds: client.securityGroupIds,
      iamInstanceProfile: client.instanceProfileName,
      userDataBase64: client.userData,
      userDataReplaceOnChange: true,
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
      monitoring: true,
      rootBlockDevice: { encrypted: true },
      tags: { Name: name },
    },
    { ignoreChanges: ["ami"] },
  );
});

export const hostIds = hosts.map(({ id }) => id);
export const evidence = cache.evidence;
