// The same resources as in ../withLibrary, written out, without components and with one look-up for all caches.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { count } from "../count";
import { surroundings } from "../surroundings";
import { createClient } from "./client";
import { createNetwork } from "./network";
import { createNode } from "./node";
import { createTrust } from "./trust";

const region = aws.getRegionOutput().region;
const newestImage = aws.ec2.getAmiOutput({
  owners: ["136693071363"],
  mostRecent: true,
  filters: [
    { name: "name", values: ["debian-13-amd64-*"] },
    { name: "architecture", values: ["x86_64"] },
  ],
});

for (let index = 0; index < count; index += 1) {
  const name = `cache${index}`;
  const network = createNetwork(name, index);
  const trust = createTrust(name, index);
  createNode(name, index, { ...network, ...trust, region, newestImage });
  createClient(`web${index}`, {
    vpcId: pulumi.output(surroundings.vpcId),
    cacheSecurityGroupId: network.securityGroupId,
    secretArn: trust.clientSecretArn,
    kmsKeyArn: trust.kmsKeyArn,
    region,
  });
}
