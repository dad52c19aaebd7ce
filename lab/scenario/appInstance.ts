import { Instance } from "@pulumi/aws/ec2/instance.js";
import type { HipaaNetwork } from "../../src/hipaaNetwork.js";
import type { HipaaRedisClient } from "../../src/hipaaRedisClient.js";
import type { OperatingSystem } from "../../src/plan/operatingSystem.js";
import { bakedImageIds } from "./quickstart.js";

/** An app host of the network, from the image with the packages, for this client and nothing else. */
export function appInstance(
  name: string,
  client: HipaaRedisClient,
  network: HipaaNetwork,
  operatingSystem: OperatingSystem,
): Instance {
  return new Instance(name, {
    ami: bakedImageIds[operatingSystem],
    instanceType: "m6i.large",
    subnetId: network.appSubnetIds[0],
    vpcSecurityGroupIds: client.securityGroupIds,
    iamInstanceProfile: client.instanceProfileName,
    userDataBase64: client.userData,
    userDataReplaceOnChange: true,
    metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
    tags: { Name: name },
  });
}
