// A cache of three nodes, a primary and two replicas, one in each of three Availability Zones, and an application host in each.
import * as aws from "@pulumi/aws";
import { HipaaNetwork, HipaaRedisCache, HipaaRedisClient } from "pulumi-hipaa-redis";

const network = new HipaaNetwork("clinic", {
  cidrBlock: "10.0.0.0/16",
  availabilityZones: ["us-east-1a", "us-east-1b", "us-east-1c"],
});

const cache = new HipaaRedisCache("sessions", {
  vpcId: network.vpcId,
  vpcCidrBlock: network.vpcCidrBlock,
  subnets: network.cacheSubnets,
  appCidrBlocks: network.appCidrBlocks,
  operators: [],
  clients: ["web"],
  // Sentinel makes one of the replicas the primary when the primary is away. With three zones any one may be lost.
  replicas: 2,
});

// The connection has all nodes in it: nothing else is said of replicas here, nor in the application (app/visits.ts).
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
