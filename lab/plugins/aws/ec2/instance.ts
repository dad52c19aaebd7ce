import { map, oneOf, object, set } from "../../framework/kinds.js";
import type { Kind } from "../../framework/kinds.js";
import { ec2Type } from "./ec2Type.js";
import type { InstanceInputs } from "./instanceInputs.js";
import { describeInstance } from "./instanceOutputs.js";
import { runInstance, terminateInstance } from "./instanceLife.js";
import { changeInstance } from "./instanceChanges.js";

const metadataOptions = object({
  httpEndpoint: oneOf("enabled", "disabled"),
  httpProtocolIpv6: oneOf("enabled", "disabled"),
  httpPutResponseHopLimit: "number",
  httpTokens: oneOf("optional", "required"),
  instanceMetadataTags: oneOf("enabled", "disabled"),
});

const rootBlockDevice = object({
  deleteOnTermination: "boolean",
  encrypted: "boolean",
  iops: "number",
  kmsKeyId: "string",
  throughput: "number",
  volumeSize: "number",
  volumeType: "string",
});

const properties = {
  ami: "string",
  associatePublicIpAddress: "boolean",
  availabilityZone: "string",
  disableApiTermination: "boolean",
  ebsOptimized: "boolean",
  iamInstanceProfile: "string",
  instanceType: "string",
  metadataOptions,
  monitoring: "boolean",
  primaryNetworkInterface: object({ networkInterfaceId: "string" }, ["networkInterfaceId"]),
  privateIp: "string",
  rootBlockDevice,
  sourceDestCheck: "boolean",
  subnetId: "string",
  tenancy: oneOf("default", "dedicated", "host"),
  userData: "string",
  userDataBase64: "string",
  userDataReplaceOnChange: "boolean",
  volumeTags: map("string"),
  vpcSecurityGroupIds: set("string"),
} satisfies Record<string, Kind>;

const replacing = [
  "ami",
  "associatePublicIpAddress",
  "availabilityZone",
  "primaryNetworkInterface",
  "privateIp",
  "rootBlockDevice",
  "subnetId",
  "tenancy",
] as const;

export const instance = ec2Type<InstanceInputs>({
  tagged: "instance",
  properties,
  required: ["ami", "instanceType"],
  defaults: { userDataReplaceOnChange: false },
  replaceOn: (inputs) =>
    inputs.userDataReplaceOnChange === true ? [...replacing, "userData", "userDataBase64"] : replacing,
  kept: [
    // LocalStack reads the tenancy of an instance back as "default", whatever was asked for.
    "tenancy",
    // It is ours, not AWS's.
    "userDataReplaceOnChange",
    // AWS tells neither of these apart from what the subnet and the interface do by themselves.
    "associatePublicIpAddress",
  ],
  create: runInstance,
  describe: describeInstance,
  update: changeInstance,
  delete: terminateInstance,
});
