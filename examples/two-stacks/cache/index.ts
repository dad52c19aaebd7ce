// The cache and its network, which one team keeps. What applications need to know is a plain output without any secret.
import * as pulumi from "@pulumi/pulumi";
import { HipaaNetwork, HipaaRedisCache, type OperatorArgs, type RotationArgs } from "pulumi-hipaa-redis";

const config = new pulumi.Config();

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
  operators: config.getObject<OperatorArgs[]>("operators") ?? [],
  clients: ["web", "worker"],
  rotation: config.getObject<RotationArgs>("rotation"),
  // With two, and three availabilityZones, the connections lead to three nodes. The application's stack stays as it is.
  replicas: config.getNumber("replicas"),
});

export const connections = cache.connections;
export const appSubnetIds = network.appSubnetIds;
