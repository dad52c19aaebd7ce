import { gzipSync } from "node:zlib";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { cacheAddress } from "../surroundings";
import { createRole } from "./role";
import type { Trust } from "./trust";

/** The cache's host: a role, a network interface with a fixed address, and an instance. */
export function createNode(
  name: string,
  index: number,
  inputs: Trust & {
    readonly subnetId: pulumi.Output<string>;
    readonly securityGroupId: pulumi.Output<string>;
    readonly ready: pulumi.Resource[];
    readonly region: pulumi.Output<string>;
    readonly newestImage: pulumi.Output<aws.ec2.GetAmiResult>;
  },
): void {
  const named = `${name}-0`;
  const tags = { Name: named };
  const { profile, policy } = createRole(named, { ...inputs, secretArn: inputs.nodeSecretArn });
  const networkInterface = new aws.ec2.NetworkInterface(
    named,
    {
      subnetId: inputs.subnetId,
      privateIps: [cacheAddress(index)],
      securityGroups: [inputs.securityGroupId],
      description: `Node ${named}`,
      tags,
    },
    { deleteBeforeReplace: true },
  );
  const { id: imageId, creationDate: created } = inputs.newestImage;
  const { keepers } = new random.RandomId(
    `${name}-image-debian-13-x86_64-1`,
    { byteLength: 8, keepers: { imageId, created } },
    { ignoreChanges: ["keepers"] },
  );
  new aws.ec2.Instance(
    named,
    {
      ami: keepers.apply((kept) => kept?.imageId ?? ""),
      instanceType: "m6i.large",
      tenancy: "dedicated",
      primaryNetworkInterface: { networkInterfaceId: networkInterface.id },
      iamInstanceProfile: profile.name,
      userDataBase64: pulumi
        .all([inputs.region, inputs.nodeSecretArn])
        .apply(([region, arn]) => gzipSync(`#cloud-config\n# ${region} ${arn}\n`).toString("base64")),
      userDataReplaceOnChange: true,
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      rootBlockDevice: {
        encrypted: true,
        kmsKeyId: inputs.kmsKeyArn,
        volumeType: "gp3",
        deleteOnTermination: true,
      },
      tags,
    },
    {
      dependsOn: [...inputs.ready, policy, inputs.secretVersion],
      deleteBeforeReplace: true,
    },
  );
}
