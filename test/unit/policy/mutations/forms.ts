import { awsTypes as aws } from "../../../../src/policy/awsTypes.js";
import type { StackResource } from "../../../../src/policy/resource.js";
import { outputsOf } from "../../../component/outputs.js";
import { resource } from "../stack.js";

/** Resources that a user may put beside a cache: `bad` breaks exactly one rule in its first, `good` none at all. */
export interface Mutation {
  readonly rule: string;
  readonly bad: readonly StackResource[];
  readonly good: readonly StackResource[];
}

export const instance = {
  ami: "ami-1",
  instanceType: "m6i.large",
  tenancy: "dedicated",
  subnetId: outputsOf(aws.subnet, "clinic-app-0").id,
  vpcSecurityGroupIds: [outputsOf(aws.securityGroup, "web").id],
  iamInstanceProfile: "web",
  metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
  monitoring: true,
  rootBlockDevice: { encrypted: true },
};
export const template = {
  metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
  placement: { tenancy: "dedicated" },
  blockDeviceMappings: [{ deviceName: "/dev/sdb", virtualName: "none" }, { ebs: { encrypted: "true" } }],
};
export const ingress = {
  ipProtocol: "tcp",
  fromPort: 8443,
  toPort: 8443,
  cidrIpv4: "10.0.0.0/8",
  securityGroupId: "other-id",
};
export const everyPort = { ...ingress, ipProtocol: "-1", fromPort: undefined, toPort: undefined };
export const volume = {
  encrypted: true,
  id: "volume-id",
  arn: "arn:aws:ec2:us-east-1:000000000000:volume/vol-1",
};
export const backup = resource(aws.backupSelection, { resources: [volume.arn] }, { name: "backup" });
export const vpc = { id: "other-vpc" };
export const flowLog = resource(aws.flowLog, { vpcId: "other-vpc", trafficType: "ALL" }, { name: "log" });
export const flowLogOfRefusals = resource(aws.flowLog, { vpcId: "other-vpc", trafficType: "REJECT" }, { name: "log" });
export const closed = resource(
  aws.defaultSecurityGroup,
  { vpcId: "other-vpc", ingress: [], egress: [] },
  { name: "closed" },
);
export const user = { id: "ada", name: "ada" };
export const group = { id: "nurses", name: "nurses" };
export const membership = resource(
  aws.userGroupMembership,
  { user: "ada", groups: ["nurses"] },
  { name: "membership" },
);
export const secret = { id: "secret-id", kmsKeyId: "own-key" };
export const rotation = resource(aws.secretRotation, { secretId: "secret-id" }, { name: "rotation" });
export const cacheGroupId = outputsOf(aws.securityGroup, "sessions").id;
export const cacheSubnetId = outputsOf(aws.subnet, "sessions-0").id;
export const cacheSubnetArn = outputsOf(aws.subnet, "sessions-0").arn ?? "";
export const cacheRouteTableId = outputsOf(aws.routeTable, "sessions-0").id;
export const cacheInstanceId = outputsOf(aws.instance, "sessions-0").id;
export const cacheInterfaceId = outputsOf(aws.networkInterface, "sessions-0").id;
export const cacheProfileName = outputsOf(aws.instanceProfile, "sessions-0").id;
export const cacheKey = outputsOf(aws.kmsKey, "sessions");
export const cacheKeyArn = cacheKey.arn ?? "";
export const cacheRoleName = outputsOf(aws.role, "sessions-0").id;
export const cacheRoleArn = outputsOf(aws.role, "sessions-0").arn ?? "";
export const cacheSecretArn = outputsOf(aws.secret, "sessions-0-server").id;
export const arnOf = (type: string, name: string): string => outputsOf(type, name).arn ?? "";
export const clinicVpcId = outputsOf(aws.vpc, "clinic").id;
export const ownArn = "arn:aws:s3:::reports/*";

export function allow(action: string | string[], on: string | string[]): string {
  const statement = { Effect: "Allow", Action: action, Resource: on };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

export function one(rule: string, type: string, bad: Record<string, unknown>, good: Record<string, unknown>): Mutation {
  return { rule, bad: [resource(type, bad)], good: [resource(type, good)] };
}

/** A rule about instances, tried on one that differs in a property. */
export function ofInstance(rule: string, change: Record<string, unknown>): Mutation {
  return one(rule, aws.instance, { ...instance, ...change }, instance);
}

/** The same about launch templates. */
export function ofTemplate(rule: string, change: Record<string, unknown>): Mutation {
  return one(rule, aws.launchTemplate, { ...template, ...change }, template);
}

/** A port that is opened to the world, and the same to a network. */
export function ofPort(rule: string, port: number): readonly Mutation[] {
  const ports = { fromPort: port, toPort: port };
  const inline = (cidrBlocks: string[]) => ({ ingress: [{ protocol: "tcp", ...ports, cidrBlocks }] });
  const old = { type: "ingress", protocol: "tcp", ...ports, securityGroupId: "other-id" };
  return [
    one(rule, aws.securityGroupIngressRule, { ...ingress, ...ports, cidrIpv4: "0.0.0.0/0" }, { ...ingress, ...ports }),
    one(rule, aws.securityGroupIngressRule, { ...ingress, ...ports, cidrIpv6: "::/0" }, { ...ingress, ...ports }),
    one(rule, aws.securityGroup, inline(["10.0.0.0/8", "0.0.0.0/0"]), inline(["10.0.0.0/8"])),
    one(rule, aws.securityGroup, inline(["0.0.0.0/1", "128.0.0.0/1"]), inline(["172.16.0.0/12"])),
    one(
      rule,
      aws.securityGroupRule,
      { ...old, cidrBlocks: ["0.0.0.0/0"] },
      { ...old, type: "egress", cidrBlocks: ["0.0.0.0/0"] },
    ),
  ];
}

/** A policy of each kind that grants too much, and one that is about something else. */
export function ofPolicy(rule: string, action: string, on: string): Mutation {
  return one(rule, aws.policy, { policy: allow(action, on) }, { policy: allow("s3:GetObject", ownArn) });
}

/** One of AWS's own policies that grants too much, and one that does not. */
export function ofAttachment(rule: string, type: string, policy: string): Mutation {
  const arn = (name: string): object => ({ policyArn: `arn:aws:iam::aws:policy/${name}` });
  return one(rule, type, { role: "other", ...arn(policy) }, { role: "other", ...arn("AmazonSSMManagedInstanceCore") });
}

/** The only policies of a role, a group or a user. */
export function attached(policy: string): { readonly policyArns: readonly string[] } {
  return {
    policyArns: ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore", `arn:aws:iam::aws:policy/${policy}`],
  };
}

/** Something that names what is the cache's, and the same of another's. */
export function ofCache(rule: string, type: string, property: string, cacheId: string, more: object = {}): Mutation {
  return one(rule, type, { ...more, [property]: cacheId }, { ...more, [property]: "other-id" });
}
