// A cache of three shards, each a primary and a replica in different Availability Zones, and an application host in each zone.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { HipaaNetwork, HipaaRedisCache, HipaaRedisClient } from "pulumi-hipaa-redis";

const config = new pulumi.Config();

const network = new HipaaNetwork("clinic", {
  cidrBlock: "10.0.0.0/16",
  availabilityZones: ["us-east-1a", "us-east-1b", "us-east-1c"],
});

const cache = new HipaaRedisCache("sessions", {
  vpcId: network.vpcId,
  vpcCidrBlock: network.vpcCidrBlock,
  // Room for four shards with up to four replicas each. For more, give larger subnets from the start (docs/cluster.md).
  subnets: network.cacheSubnets,
  appCidrBlocks: network.appCidrBlocks,
  operators: [],
  clients: ["web"],
  // One more: pulumi config set shards 4, and pulumi up. Slots move while the application goes on.
  shards: config.getNumber("shards") ?? 3,
  // Of each shard. The other shards' primaries decide that it takes over.
  replicas: 1,
});

// The connection says that there are shards, and each host learns from its secret which: neither here nor in the application
// (app/rounds.ts) does anything change when there is one more.
const web = new HipaaRedisClient("web", { connection: cache.connections.web, appUser: "web" });

const debian = aws.ec2.getAmiOutput({
  owners: ["136693071363"],
  mostRecent: true,
  filters: [{ name: "name", values: ["debian-13-amd64-*"] }],
});

const hosts = network.appSubnetIds.map((subnetId, index) => {
  const name = `web-${index}`;
  return new aws.ec2.Instance(
    name,
    {
      ami: debian.id,
      instanceType: "m6i.large",
      tenancy: "dedicated",
      subnetId,
      vpcSecurityGroupIds: web.securityGroupIds,
      iamInstanceProfile: web.instanceProfileName,
      userDataBase64: web.userData,
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
export const nodes = cache.nodes;
export const evidence = cache.evidence;
