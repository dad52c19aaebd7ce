// A whole cache from nothing: a VPC with dedicated tenancy, the cache, and one application host that uses it.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  HipaaNetwork,
  HipaaRedisCache,
  HipaaRedisClient,
  type Engine,
  type OperatingSystem,
  type OperatorArgs,
  type RotationArgs,
  type TunnelEngine,
} from "pulumi-hipaa-redis";

const config = new pulumi.Config();
// pulumi config set tunnel stunnel
const tunnel = config.get<TunnelEngine>("tunnel");
// Of both hosts: pulumi config set operatingSystem debian-12
const operatingSystem = config.get<OperatingSystem>("operatingSystem") ?? "debian-13";
// pulumi config set engine valkey
const engine = config.get<Engine>("engine");
// An image of your own that has the packages in it (../baked-image): pulumi config set imageId ami-0123456789abcdef0
const imageId = config.get("imageId");
const imageHasPackages = imageId !== undefined;
// pulumi config set --path 'rotation.passwords' 2 (docs/rotation.md)
const rotation = config.getObject<RotationArgs>("rotation");
// Two replicas (docs/replicas.md), each in a zone of its own: pulumi config set replicas 2, and
// pulumi config set --path 'availabilityZones[0]' us-east-1a, and so on
const replicas = config.getNumber("replicas");
// Three shards (docs/cluster.md) with a replica each, in as many zones: pulumi config set shards 3, and pulumi config set replicas 1
const shards = config.getNumber("shards");
const refreshIntervalSeconds = config.getNumber("refreshIntervalSeconds");
// What the application may do in AWS, by IAM policies: pulumi config set --path 'appPolicies.uploads' '{"Version":"2012-10-17", …}'
const appPolicies = config.getObject<Record<string, string>>("appPolicies");

const network = new HipaaNetwork("clinic", {
  cidrBlock: config.get("cidrBlock") ?? "10.0.0.0/16",
  availabilityZones: config.getObject<string[]>("availabilityZones") ?? ["us-east-1a"],
});

const cache = new HipaaRedisCache("sessions", {
  vpcId: network.vpcId,
  vpcCidrBlock: network.vpcCidrBlock,
  subnets: network.cacheSubnets,
  appCidrBlocks: network.appCidrBlocks,
  bastionCidrBlocks: network.bastionCidrBlocks,
  // pulumi config set --path 'operators[0].name' ada
  // pulumi config set --path 'operators[0].sshPublicKey' "$(cat ~/.ssh/id_ed25519.pub)"
  operators: config.getObject<OperatorArgs[]>("operators") ?? [],
  clients: ["web"],
  replicas,
  shards,
  rotation,
  refreshIntervalSeconds,
  tunnel,
  operatingSystem,
  engine,
  imageId,
  imageHasPackages,
});

const web = new HipaaRedisClient("web", {
  connection: cache.connections.web,
  appUser: "web",
  refreshIntervalSeconds,
  tunnel,
  operatingSystem,
  imageHasPackages,
  appPolicies,
  // The application's own part of the app host's user data, run once the tunnel is up.
  additionalUserData: ["#cloud-config\nruncmd:\n  - [install, --directory, --owner=web, /srv/web]\n"],
});

const debian = aws.ec2.getAmiOutput({
  owners: ["136693071363"],
  mostRecent: true,
  filters: [{ name: "name", values: [`${operatingSystem}-amd64-*`] }],
});

const appHost = new aws.ec2.Instance(
  "web",
  {
    ami: imageId ?? debian.id,
    instanceType: "m6i.large",
    tenancy: "dedicated",
    subnetId: network.appSubnetIds[0],
    vpcSecurityGroupIds: web.securityGroupIds,
    iamInstanceProfile: web.instanceProfileName,
    userDataBase64: web.userData,
    userDataReplaceOnChange: true,
    metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
    monitoring: true,
    rootBlockDevice: { encrypted: true },
    tags: { Name: "web" },
  },
  { ignoreChanges: ["ami"] },
);

export const vpcId = network.vpcId;
export const cacheNodes = cache.nodes;
export const connection = cache.connections.web;
// pulumi stack output evidence --json: what the compliance report is made of (docs/evidence.md)
export const evidence = cache.evidence;
export const appHostId = appHost.id;
export const appHostAddress = appHost.privateIp;
export const bastionSubnetId = network.bastionSubnetIds[0];
