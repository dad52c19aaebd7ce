import { Instance } from "@pulumi/aws/ec2/instance.js";
import { output, type Output } from "@pulumi/pulumi";
import type { HipaaNetworkArgs, HipaaRedisCacheArgs } from "../../src/args.js";
import { HipaaNetwork } from "../../src/hipaaNetwork.js";
import { HipaaRedisCache } from "../../src/hipaaRedisCache.js";
import { HipaaRedisClient } from "../../src/hipaaRedisClient.js";
import { replicated, sampleArguments } from "../support/sample.js";
import { record, type Recorded } from "./mocks.js";

/** Given to every component of the quickstart; the name is not the caller's to give. */
const given = { Owner: "it", Name: "something else" };

/** The tags of a resource of the quickstart. */
export function tagged(name: string): object {
  return { Owner: "it", Name: name };
}

const twoZones: HipaaNetworkArgs = {
  cidrBlock: "10.0.0.0/16",
  availabilityZones: ["us-east-1a", "us-east-1b"],
};

/** The quickstart: every argument that may be left out is. */
export function quickstart(change: Partial<HipaaRedisCacheArgs<"web">> = {}): Promise<Recorded> {
  return record(() => {
    const network = new HipaaNetwork("clinic", { ...twoZones, tags: given });
    const cache = new HipaaRedisCache("sessions", {
      ...sampleArguments,
      vpcId: network.vpcId,
      subnets: network.cacheSubnets.slice(0, 1),
      clients: ["web"],
      tags: given,
      ...change,
    });
    new HipaaRedisClient("web", { connection: cache.connections.web, appUser: "web", tags: given });
  });
}

/** What decides the shape of the other cache. */
export const ledgerShape = {
  vpcCidrBlock: "10.0.0.0/16",
  vpcSecondaryCidrBlocks: ["10.1.0.0/16"],
  subnets: [
    { availabilityZone: "us-east-1b", cidrBlock: "10.0.0.112/28" },
    { availabilityZone: "us-east-1a", cidrBlock: "10.0.0.96/28", natGatewayId: "nat-0a0a0a0a" },
  ],
  appCidrBlocks: ["10.0.16.0/20", "10.0.32.0/20"],
  appSecurityGroupIds: { web: "sg-0a0a0a0a", jobs: "sg-0b0b0b0b" },
  bastionCidrBlocks: ["10.0.0.0/28"],
  bastionSecurityGroupIds: { bastions: "sg-0c0c0c0c" },
  httpsEgressCidrBlocks: ["10.0.48.0/20"],
  // Outside of the VPC.
  dnsServers: ["172.16.0.10"],
  timeServers: ["10.1.0.10"],
  operators: sampleArguments.operators,
  clients: ["api", "worker"],
  secretAdministratorArns: ["arn:aws:iam::000000000000:role/deployer"],
  rotation: { authority: 3, keys: 2, passwords: 2, retiredPasswords: 1 },
  certificates: { validityHours: 200, earlyRenewalHours: 50, authorityValidityHours: 1000 },
  tunnel: "stunnel",
  instanceType: "m7g.large",
  imageId: "ami-0a0a0a0a",
  allowSharedTenancy: true,
  allowScripting: true,
} as const satisfies Omit<HipaaRedisCacheArgs, "vpcId">;

/** Of the other client. */
export const apiShape = {
  appUser: "api",
  localPort: 7000,
  tunnel: "stunnel",
  httpsEgressCidrBlocks: ["10.0.48.0/20", "10.0.64.0/20"],
} as const;

export const apiUserData = ["#cloud-config\npackages: [nodejs]\n", "#!/bin/sh\ntrue\n"] as const;

/** The same components with other arguments, and hosts of the caller's own that use what they give. */
function otherProgram(): Promise<Recorded> {
  return record(() => {
    const network = new HipaaNetwork("office", { ...twoZones, allowSharedTenancy: true });
    const cache = new HipaaRedisCache("ledger", { ...ledgerShape, vpcId: "vpc-0a0a0a0a" });
    const client = new HipaaRedisClient("api", {
      ...apiShape,
      connection: cache.connections.api,
      additionalUserData: [apiUserData[0], output(apiUserData[1])],
    });
    for (const [index, subnetId] of network.appSubnetIds.entries()) host(`app-${index}`, subnetId, client);
    for (const [index, subnetId] of network.bastionSubnetIds.entries()) host(`bastion-${index}`, subnetId);
  });
}

function host(name: string, subnetId: Output<string>, client?: HipaaRedisClient): void {
  new Instance(name, {
    ami: "ami-0b0b0b0b",
    instanceType: "m6i.large",
    subnetId,
    ...(client === undefined
      ? {}
      : {
          userDataBase64: client.userData,
          iamInstanceProfile: client.instanceProfileName,
          vpcSecurityGroupIds: client.securityGroupIds,
        }),
  });
}

/** Runs a program once for all the files that look at it. */
function once<Result>(make: () => Promise<Result>): () => Promise<Result> {
  let made: Promise<Result> | undefined;
  return () => (made ??= make());
}

/** A cache with replicas, in three zones. */
function replicatedCache(): Promise<Recorded> {
  return record(() => {
    new HipaaRedisCache("sessions", { ...sampleArguments, ...replicated() });
  });
}

export const theQuickstart = once(quickstart);
export const theOtherProgram = once(otherProgram);
export const theReplicatedCache = once(replicatedCache);
