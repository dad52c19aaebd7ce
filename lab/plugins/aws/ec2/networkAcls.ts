import type { Unwrap } from "@pulumi/pulumi";
import type { ec2 } from "@pulumi/aws";
import type { EC2, NetworkAcl, NetworkAclAssociation } from "@aws-sdk/client-ec2";
import { oneOf, set } from "../../framework/kinds.js";
import { unlessGone } from "../gone.js";
import { ec2Arn, ec2Type, required } from "./ec2Type.js";

export const networkAcl = ec2Type<Unwrap<ec2.NetworkAclArgs>>({
  tagged: "network-acl",
  properties: { subnetIds: set("string"), vpcId: "string" },
  required: ["vpcId"],
  replaceOn: ["vpcId"],
  async create(client, inputs, TagSpecifications, call) {
    const { NetworkAcl } = await client.createNetworkAcl({ VpcId: inputs.vpcId, TagSpecifications });
    const id = required(NetworkAcl?.NetworkAclId);
    call.created(id);
    for (const subnetId of inputs.subnetIds ?? []) await associate(client, subnetId, id);
    return id;
  },
  async describe(client, id, state) {
    const live = await acl(client, id);
    if (live === undefined) return undefined;
    const subnetIds = live.Associations?.map((association) => association.SubnetId);
    return {
      tags: live.Tags,
      outputs: {
        arn: ec2Arn(state.region, live.OwnerId, `network-acl/${id}`),
        ownerId: live.OwnerId,
        subnetIds,
        vpcId: live.VpcId,
      },
    };
  },
  async update(client, id, news, _changed, olds) {
    const wanted = news.subnetIds ?? [];
    const removed = (olds.subnetIds ?? []).filter((subnetId) => !wanted.includes(subnetId));
    for (const subnetId of removed) await associateDefault(client, subnetId);
    for (const subnetId of wanted) await associate(client, subnetId, id);
  },
  async delete(client, id) {
    for (const { SubnetId = "" } of (await acl(client, id))?.Associations ?? []) {
      await associateDefault(client, SubnetId);
    }
    await unlessGone(client.deleteNetworkAcl({ NetworkAclId: id }));
  },
});

export const networkAclAssociation = ec2Type<Unwrap<ec2.NetworkAclAssociationArgs>>({
  properties: { networkAclId: "string", subnetId: "string" },
  required: ["networkAclId", "subnetId"],
  replaceOn: "every",
  async create(client, inputs) {
    return associate(client, inputs.subnetId, inputs.networkAclId);
  },
  async describe(client, id) {
    const Filters = [{ Name: "association.association-id", Values: [id] }];
    const found = await client.describeNetworkAcls({ Filters });
    const associations = found.NetworkAcls?.flatMap((acl) => acl.Associations ?? []);
    const live = associations?.find((association) => association.NetworkAclAssociationId === id);
    return live && { outputs: { networkAclId: live.NetworkAclId, subnetId: live.SubnetId } };
  },
  async delete(client, id, state) {
    const current = await association(client, state.subnetId ?? "");
    // Once another association took the subnet over, this one is gone already.
    if (current?.NetworkAclAssociationId === id) await associateDefault(client, state.subnetId ?? "");
  },
});

type RuleInputs = Unwrap<ec2.NetworkAclRuleArgs>;

export const networkAclRule = ec2Type<RuleInputs>({
  properties: {
    cidrBlock: "string",
    egress: "boolean",
    fromPort: "number",
    icmpCode: "number",
    icmpType: "number",
    ipv6CidrBlock: "string",
    networkAclId: "string",
    protocol: "string",
    ruleAction: oneOf("allow", "deny"),
    ruleNumber: "number",
    toPort: "number",
  },
  required: ["networkAclId", "protocol", "ruleAction", "ruleNumber"],
  defaults: { egress: false },
  replaceOn: "every",
  // A number can be taken only once.
  deleteBeforeReplace: true,
  async create(client, inputs) {
    const icmp = inputs.icmpType === undefined ? undefined : { Type: inputs.icmpType, Code: inputs.icmpCode ?? -1 };
    const ports = inputs.fromPort === undefined ? undefined : { From: inputs.fromPort, To: inputs.toPort };
    await client.createNetworkAclEntry({
      ...ruleKey(inputs),
      CidrBlock: inputs.cidrBlock,
      Ipv6CidrBlock: inputs.ipv6CidrBlock,
      IcmpTypeCode: icmp,
      PortRange: ports,
      Protocol: protocolNumber(inputs.protocol),
      RuleAction: inputs.ruleAction as "allow" | "deny",
    });
    return `nacl-rule-${inputs.networkAclId}-${inputs.egress === true ? "egress" : "ingress"}-${inputs.ruleNumber}`;
  },
  async describe(client, _id, state) {
    const entries = (await acl(client, state.networkAclId ?? ""))?.Entries;
    const live = entries?.find(({ Egress, RuleNumber }) => Egress === state.egress && RuleNumber === state.ruleNumber);
    if (live === undefined) return undefined;
    const same = live.Protocol === protocolNumber(state.protocol ?? "");
    return {
      outputs: {
        cidrBlock: live.CidrBlock,
        egress: live.Egress,
        fromPort: live.PortRange?.From,
        icmpCode: live.IcmpTypeCode?.Code,
        icmpType: live.IcmpTypeCode?.Type,
        ipv6CidrBlock: live.Ipv6CidrBlock,
        networkAclId: state.networkAclId,
        // AWS answers with the number of the protocol, whichever way it was given.
        protocol: same ? state.protocol : live.Protocol,
        ruleAction: live.RuleAction,
        ruleNumber: live.RuleNumber,
        toPort: live.PortRange?.To,
      },
    };
  },
  async delete(client, _id, state) {
    await unlessGone(client.deleteNetworkAclEntry(ruleKey(state)));
  },
});

function ruleKey(inputs: Partial<RuleInputs>) {
  return { NetworkAclId: inputs.networkAclId, Egress: inputs.egress, RuleNumber: inputs.ruleNumber };
}

function protocolNumber(protocol: string): string {
  const numbers: Record<string, string> = { all: "-1", icmp: "1", tcp: "6", udp: "17", icmpv6: "58" };
  return numbers[protocol] ?? protocol;
}

async function acl(client: EC2, id: string): Promise<NetworkAcl | undefined> {
  const found = await unlessGone(client.describeNetworkAcls({ NetworkAclIds: [id] }));
  return found?.NetworkAcls?.[0];
}

async function association(client: EC2, subnetId: string): Promise<NetworkAclAssociation | undefined> {
  const Filters = [{ Name: "association.subnet-id", Values: [subnetId] }];
  const found = await client.describeNetworkAcls({ Filters });
  const all = found.NetworkAcls?.flatMap((acl) => acl.Associations ?? []);
  return all?.find((association) => association.SubnetId === subnetId);
}

/** Every subnet has one ACL at all times: to associate is to replace. */
async function associate(client: EC2, subnetId: string, NetworkAclId: string): Promise<string> {
  const current = await association(client, subnetId);
  const AssociationId = current?.NetworkAclAssociationId;
  if (AssociationId === undefined) throw new Error(`Subnet ${subnetId} has no network ACL to replace: is it there?`);
  if (current?.NetworkAclId === NetworkAclId) return AssociationId;
  return required((await client.replaceNetworkAclAssociation({ AssociationId, NetworkAclId })).NewAssociationId);
}

async function associateDefault(client: EC2, subnetId: string): Promise<void> {
  const found = await unlessGone(client.describeSubnets({ SubnetIds: [subnetId] }));
  const vpcId = found?.Subnets?.[0]?.VpcId;
  if (vpcId === undefined) return;
  const { NetworkAcls } = await client.describeNetworkAcls({
    Filters: [
      { Name: "vpc-id", Values: [vpcId] },
      { Name: "default", Values: ["true"] },
    ],
  });
  await associate(client, subnetId, required(NetworkAcls?.[0]?.NetworkAclId));
}
