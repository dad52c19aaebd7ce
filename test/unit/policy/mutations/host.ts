import { awsTypes as aws } from "../../../../src/policy/awsTypes.js";
import { resource } from "../stack.js";
import { volume, backup, one, ofInstance, ofTemplate, type Mutation } from "./forms.js";

/** Instances and volumes that are less sound than the library's own. */
export const hostMutations: readonly Mutation[] = [
  ofInstance("ec2-instance-dedicated", { tenancy: undefined }),
  ofInstance("ec2-instance-dedicated", { tenancy: "default" }),
  ofTemplate("ec2-instance-dedicated", { placement: {} }),
  ofInstance("ec2-instance-metadata-v2", {
    metadataOptions: { httpTokens: "optional", httpPutResponseHopLimit: 1 },
  }),
  ofInstance("ec2-instance-metadata-v2", { metadataOptions: undefined }),
  ofInstance("ec2-instance-metadata-v2", {
    metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 2 },
  }),
  ofTemplate("ec2-instance-metadata-v2", { metadataOptions: {} }),
  ofInstance("ec2-instance-no-public-ip", { associatePublicIpAddress: true }),
  ofTemplate("ec2-instance-no-public-ip", { networkInterfaces: [{ associatePublicIpAddress: "true" }] }),
  one("ec2-instance-no-public-ip", aws.eip, { domain: "vpc", instance: "i-1" }, { domain: "vpc" }),
  one(
    "ec2-instance-no-public-ip",
    aws.eipAssociation,
    { allocationId: "eip-1", instanceId: "i-1" },
    { allocationId: "eip-1" },
  ),
  ofInstance("ec2-instance-profile-attached", { iamInstanceProfile: undefined }),
  ofInstance("ec2-instances-in-vpc", { subnetId: undefined }),
  ofInstance("ec2-instance-detailed-monitoring", { monitoring: false }),
  ofInstance("ec2-ebs-optimized-instance", { instanceType: "m3.xlarge" }),
  ofInstance("ebs-volumes-encrypted", { rootBlockDevice: undefined }),
  ofInstance("ebs-volumes-encrypted", { ebsBlockDevices: [{ encrypted: false }] }),
  ofTemplate("ebs-volumes-encrypted", { blockDeviceMappings: [{ ebs: { encrypted: "false" } }] }),
  {
    rule: "ebs-volumes-encrypted",
    bad: [resource(aws.ebsVolume, { ...volume, encrypted: undefined }), backup],
    good: [resource(aws.ebsVolume, volume), backup],
  },
  one("ebs-encryption-by-default", aws.ebsEncryptionByDefault, { enabled: false }, {}),
  one(
    "ebs-snapshots-not-public",
    aws.snapshotCreateVolumePermission,
    { accountId: "all" },
    { accountId: "111111111111" },
  ),
  one(
    "ebs-snapshots-not-public",
    aws.ebsSnapshotBlockPublicAccess,
    { state: "unblocked" },
    { state: "block-all-sharing" },
  ),
  {
    rule: "ebs-volumes-in-backup-plan",
    bad: [resource(aws.ebsVolume, volume)],
    good: [resource(aws.ebsVolume, volume), backup],
  },
];
