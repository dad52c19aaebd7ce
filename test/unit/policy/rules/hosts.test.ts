import assert from "node:assert/strict";
import { awsTypes as aws } from "../../../../src/policy/awsTypes.js";
import { notKnown } from "../../../../src/policy/resource.js";
import { resource } from "../stack.js";
import { judged } from "../verdicts.js";

type Row = readonly [rule: string, type: string, props: Record<string, unknown>, expected: string];
const { instance, launchTemplate: template, ebsVolume } = aws;

/** The same for one rule and type, by the props that differ. */
function rows(rule: string, type: string, table: readonly (readonly [Record<string, unknown>, string])[]): Row[] {
  return table.map(([props, expected]) => [rule, type, props, expected]);
}

const fine = "compliant";
const shared = "wrong: may run on shared hardware";
const notEncrypted = "wrong: has a volume that is not encrypted";
const publicAddress = "wrong: gets a public address";
const ofInstance = "wrong: gives a public address to an instance";
const noPlace = "wrong: names no subnet and no network interface";
const optimised = "wrong: has ebsOptimized unset, which must be true";
const tokens = (value: string): string => `wrong: has metadataOptions.httpTokens ${value}, which must be "required"`;
const hops = (value: string): string => `wrong: has metadataOptions.httpPutResponseHopLimit ${value}, which must be 1`;
const oneHop = { httpPutResponseHopLimit: 1 };
const open = (path: string): string => `open: ${path} is not known yet`;
const root = { encrypted: true };

const table: readonly Row[] = [
  ...rows("ec2-instance-dedicated", instance, [
    [{ tenancy: "dedicated" }, fine],
    [{ tenancy: "host" }, fine],
    [{ tenancy: "default" }, shared],
    [{}, shared],
    [{ placement: { tenancy: "dedicated" } }, shared],
    [{ tenancy: notKnown }, open("tenancy")],
  ]),
  ...rows("ec2-instance-dedicated", template, [
    [{ placement: { tenancy: "dedicated" } }, fine],
    [{ placement: { tenancy: "host" } }, fine],
    [{ placement: { tenancy: "default" } }, shared],
    [{ tenancy: "dedicated" }, shared],
    [{ placement: notKnown }, open("placement.tenancy")],
  ]),
  ...[instance, template].flatMap((type) =>
    rows("ec2-instance-metadata-v2", type, [
      [{ metadataOptions: { httpTokens: "required", ...oneHop } }, fine],
      [{ metadataOptions: { httpTokens: "optional", ...oneHop } }, tokens('"optional"')],
      [{ metadataOptions: oneHop }, tokens("unset")],
      [{ metadataOptions: { httpTokens: notKnown, ...oneHop } }, open("metadataOptions.httpTokens")],
      [{ metadataOptions: { httpTokens: "required" } }, hops("unset")],
      [{ metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 2 } }, hops("2")],
    ]),
  ),
  ...rows("ec2-instance-no-public-ip", instance, [
    [{}, fine],
    [{ associatePublicIpAddress: false }, fine],
    [{ associatePublicIpAddress: true }, publicAddress],
    [{ associatePublicIpAddress: "true" }, publicAddress],
    [{ networkInterfaces: [{ associatePublicIpAddress: true }] }, fine],
    [{ associatePublicIpAddress: notKnown }, open("associatePublicIpAddress")],
  ]),
  ...rows("ec2-instance-no-public-ip", template, [
    [{}, fine],
    [{ associatePublicIpAddress: true }, fine],
    [{ networkInterfaces: [{ associatePublicIpAddress: "false" }, {}] }, fine],
    [{ networkInterfaces: [{}, { associatePublicIpAddress: "true" }] }, publicAddress],
    [{ networkInterfaces: [{ associatePublicIpAddress: true }] }, publicAddress],
    [{ networkInterfaces: notKnown }, open("networkInterfaces")],
    [{ networkInterfaces: [{ associatePublicIpAddress: notKnown }] }, open("associatePublicIpAddress")],
  ]),
  ...[aws.eip, aws.eipAssociation].flatMap((type) =>
    rows("ec2-instance-no-public-ip", type, [
      [{ domain: "vpc", allocationId: "eip-1" }, fine],
      ...["instance", "instanceId", "networkInterface", "networkInterfaceId"].flatMap((path) => [
        [{ [path]: "x" }, ofInstance] as const,
        [{ [path]: notKnown }, open(path)] as const,
      ]),
    ]),
  ),
  ...rows("ec2-instance-profile-attached", instance, [
    [{ iamInstanceProfile: "web" }, fine],
    [{ iamInstanceProfile: "" }, "wrong: has no iamInstanceProfile"],
    [{}, "wrong: has no iamInstanceProfile"],
    [{ iamInstanceProfile: notKnown }, open("iamInstanceProfile")],
  ]),
  ...rows("ec2-instances-in-vpc", instance, [
    ...["subnetId", "primaryNetworkInterface", "networkInterfaces"].flatMap((path) => [
      [{ [path]: "x" }, fine] as const,
      [{ [path]: notKnown }, fine] as const,
    ]),
    [{}, noPlace],
    [{ vpcSecurityGroupIds: ["sg-1"] }, noPlace],
  ]),
  ...rows("ec2-instance-detailed-monitoring", instance, [
    [{ monitoring: true }, fine],
    [{ monitoring: false }, "wrong: has monitoring false, which must be true"],
    [{}, "wrong: has monitoring unset, which must be true"],
    [{ monitoring: notKnown }, open("monitoring")],
  ]),
  ...rows("ec2-ebs-optimized-instance", instance, [
    ...["c1.xlarge", "c3.xlarge", "m3.2xlarge", "r3.4xlarge", "g2.2xlarge", "i2.xlarge", "i2.4xlarge"].map(
      (instanceType) => [{ instanceType }, optimised] as const,
    ),
    ...["m1.large", "m1.xlarge", "m2.2xlarge", "m2.4xlarge"].map(
      (instanceType) => [{ instanceType }, optimised] as const,
    ),
    ...["m6i.large", "c3.large", "c3.8xlarge", "m1.medium", "m2.xlarge", "xc1.xlarge", "c1.xlargex"].map(
      (instanceType) => [{ instanceType }, fine] as const,
    ),
    [{ instanceType: "m3.xlarge", ebsOptimized: true }, fine],
    [{ instanceType: "m3.xlarge", ebsOptimized: false }, optimised.replace("unset", "false")],
    [{ instanceType: "m3.xlarge", ebsOptimized: notKnown }, open("ebsOptimized")],
    [{ instanceType: notKnown, ebsOptimized: true }, open("instanceType")],
    [{}, fine],
  ]),
  ...rows("ebs-volumes-encrypted", instance, [
    [{ rootBlockDevice: root }, fine],
    [{ rootBlockDevice: root, ebsBlockDevices: [root, { encrypted: "true" }] }, fine],
    [{ rootBlockDevice: { encrypted: false } }, notEncrypted],
    [{}, notEncrypted],
    [{ rootBlockDevice: root, ebsBlockDevices: [root, {}] }, notEncrypted],
    [{ rootBlockDevice: notKnown }, open("rootBlockDevice.encrypted")],
    [{ rootBlockDevice: root, ebsBlockDevices: notKnown }, open("ebsBlockDevices")],
  ]),
  ...rows("ebs-volumes-encrypted", template, [
    [{}, fine],
    [{ blockDeviceMappings: [{ virtualName: "none" }, { ebs: root }] }, fine],
    [{ blockDeviceMappings: [{ ebs: { encrypted: "true" } }] }, fine],
    [{ blockDeviceMappings: [{ ebs: root }, { ebs: {} }] }, notEncrypted],
    [{ blockDeviceMappings: [{ ebs: { encrypted: "false" } }] }, notEncrypted],
    [{ blockDeviceMappings: [{ ebs: notKnown }] }, open("ebs.encrypted")],
    [{ blockDeviceMappings: notKnown }, open("blockDeviceMappings")],
  ]),
  ...rows("ebs-volumes-encrypted", ebsVolume, [
    [{ encrypted: true }, fine],
    [{ encrypted: false }, notEncrypted],
    [{}, notEncrypted],
    [{ encrypted: notKnown }, open("encrypted")],
  ]),
];

describe("rules about hosts and their volumes", () => {
  for (const [rule, type, props, expected] of table) {
    const shown = JSON.stringify(props, (_, value: unknown) => (value === notKnown ? "to come" : value));
    it(`${rule} says "${expected}" of a ${type.split(":").at(-1) ?? ""} with ${shown}`, () => {
      assert.equal(judged(rule, resource(type, props)), expected);
    });
  }
});
