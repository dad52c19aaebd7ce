import { as, policy, tags, type ResourceType } from "./resourceType.js";

const planned = "how the provider carries out a change; AWS is not told";

/** Instances and what they may do. */
export const hostTypes: Readonly<Record<string, ResourceType>> = {
  "aws:ec2/instance:Instance": {
    is: "AWS::EC2::Instance",
    same: ["disableApiTermination", "ebsOptimized", "iamInstanceProfile", "instanceType", "monitoring", "subnetId"],
    renamed: {
      ami: "ImageId",
      privateIp: "PrivateIpAddress",
      tenancy: "Tenancy",
      userDataBase64: "UserData",
      vpcSecurityGroupIds: "SecurityGroupIds",
    },
    other: {
      tags,
      metadataOptions: as("MetadataOptions", (value) => capitalised(value, metadataNames)),
      primaryNetworkInterface: as("NetworkInterfaces", (value) => {
        const { networkInterfaceId } = value as { readonly networkInterfaceId: string };
        return [{ DeviceIndex: "0", NetworkInterfaceId: networkInterfaceId }];
      }),
      // Debian's images have their root there.
      rootBlockDevice: as("BlockDeviceMappings", (value) => [
        { DeviceName: "/dev/xvda", Ebs: capitalised(value, deviceNames) },
      ]),
    },
    without: {
      userDataReplaceOnChange: planned,
      volumeTags: "there an instance's volumes are given its own tags, or none (PropagateTagsToVolumeOnCreation)",
    },
  },
  "aws:iam/role:Role": {
    is: "AWS::IAM::Role",
    same: ["path"],
    other: { assumeRolePolicy: policy("AssumeRolePolicyDocument"), tags },
  },
  "aws:iam/rolePolicy:RolePolicy": {
    is: "AWS::IAM::RolePolicy",
    renamed: { role: "RoleName" },
    other: { policy: policy("PolicyDocument") },
    chosen: { PolicyName: "name" },
  },
  "aws:iam/instanceProfile:InstanceProfile": {
    is: "AWS::IAM::InstanceProfile",
    other: { role: as("Roles", (value) => [value]) },
    without: { tags: "there an instance profile has none" },
  },
};

const metadataNames = ["httpEndpoint", "httpPutResponseHopLimit", "httpTokens", "instanceMetadataTags"];
const deviceNames = ["deleteOnTermination", "encrypted", "kmsKeyId", "volumeSize", "volumeType"];

/** The fields of an object with the names that they have there; one that is not in the list is refused. */
function capitalised(value: unknown, names: readonly string[]): object {
  const unknown = Object.keys(value as object).filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`No way to say ${unknown.join(", ")} in CloudFormation.`);
  return Object.fromEntries(
    Object.entries(value as object).map(([name, one]) => [
      name.charAt(0).toUpperCase() + name.slice(1),
      one as unknown,
    ]),
  );
}
