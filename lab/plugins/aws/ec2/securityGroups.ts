import type { Unwrap } from "@pulumi/pulumi";
import type { ec2, vpc } from "@pulumi/aws";
import type { EC2, SecurityGroup, SecurityGroupRule } from "@aws-sdk/client-ec2";
import { randomBytes } from "node:crypto";
import { list, object } from "../../framework/kinds.js";
import { unlessGone } from "../gone.js";
import { ec2Arn, ec2Type, required } from "./ec2Type.js";

export const securityGroup = ec2Type<Unwrap<ec2.SecurityGroupArgs>>({
  tagged: "security-group",
  properties: {
    description: "string",
    name: "string",
    namePrefix: "string",
    revokeRulesOnDelete: "boolean",
    vpcId: "string",
  },
  required: ["vpcId"],
  defaults: { description: "Managed by Pulumi", revokeRulesOnDelete: false },
  autoname: { property: "name", longest: 255 },
  replaceOn: ["description", "name", "namePrefix", "vpcId"],
  // They are ours, not AWS's.
  kept: ["namePrefix", "revokeRulesOnDelete"],
  async create(client, inputs, TagSpecifications, call) {
    const { GroupId } = await client.createSecurityGroup({
      GroupName: inputs.name ?? `${inputs.namePrefix ?? ""}${randomBytes(13).toString("hex")}`,
      Description: inputs.description,
      VpcId: inputs.vpcId,
      TagSpecifications,
    });
    const id = required(GroupId);
    call.created(id);
    // AWS lets a new group reach everything. The official provider takes that rule away, and so do we.
    await revokeAll(client, id);
    return id;
  },
  async describe(client, id, state) {
    const live = await group(client, id);
    return live && { tags: live.Tags, outputs: { ...groupOutputs(live, state.region), name: live.GroupName } };
  },
  // Only revokeRulesOnDelete changes in place, and it is ours.
  update: () => Promise.resolve(),
  async delete(client, id, state) {
    if (state.revokeRulesOnDelete === true) await revokeAll(client, id);
    await unlessGone(client.deleteSecurityGroup({ GroupId: id }));
  },
});

/** Takes over the group that every VPC is born with, and closes it. It cannot be deleted: it is let go. */
export const defaultSecurityGroup = ec2Type<Unwrap<ec2.DefaultSecurityGroupArgs>>({
  tagged: "security-group",
  // Only a closed one is known here: any rule in these lists is refused as unknown.
  properties: { egress: list(object({})), ingress: list(object({})), vpcId: "string" },
  required: ["vpcId"],
  defaults: { egress: [], ingress: [] },
  replaceOn: ["vpcId"],
  async create(client, inputs, tags) {
    const Filters = [
      { Name: "vpc-id", Values: [inputs.vpcId ?? ""] },
      { Name: "group-name", Values: ["default"] },
    ];
    const { SecurityGroups } = await client.describeSecurityGroups({ Filters });
    const id = required(SecurityGroups?.[0]?.GroupId);
    await revokeAll(client, id);
    if (tags !== undefined) await client.createTags({ Resources: [id], Tags: tags[0]?.Tags });
    return id;
  },
  async describe(client, id, state) {
    const live = await group(client, id);
    if (live === undefined) return undefined;
    const all = await rules(client, id);
    const outline = (egress: boolean) =>
      all.filter((rule) => rule.IsEgress === egress).map((rule) => ({ protocol: rule.IpProtocol }));
    const outputs = { ...groupOutputs(live, state.region), name: live.GroupName };
    return { tags: live.Tags, outputs: { ...outputs, egress: outline(true), ingress: outline(false) } };
  },
  async update(client, id) {
    await revokeAll(client, id);
  },
  delete: () => Promise.resolve(),
});

type RuleInputs = Unwrap<vpc.SecurityGroupIngressRuleArgs>;

export const securityGroupIngressRule = rule(false);
export const securityGroupEgressRule = rule(true);

function rule(isEgress: boolean) {
  return ec2Type<RuleInputs>({
    tagged: "security-group-rule",
    properties: {
      cidrIpv4: "string",
      cidrIpv6: "string",
      description: "string",
      fromPort: "number",
      ipProtocol: "string",
      prefixListId: "string",
      referencedSecurityGroupId: "string",
      securityGroupId: "string",
      toPort: "number",
    },
    required: ["ipProtocol", "securityGroupId"],
    replaceOn: ["securityGroupId"],
    async create(client, inputs, TagSpecifications) {
      const request = {
        GroupId: inputs.securityGroupId,
        IpPermissions: [permission(inputs)],
        TagSpecifications,
      };
      const { SecurityGroupRules } = isEgress
        ? await client.authorizeSecurityGroupEgress(request)
        : await client.authorizeSecurityGroupIngress(request);
      return required(SecurityGroupRules?.[0]?.SecurityGroupRuleId);
    },
    async describe(client, id, state) {
      const found = await unlessGone(client.describeSecurityGroupRules({ SecurityGroupRuleIds: [id] }));
      const live = found?.SecurityGroupRules?.[0];
      return live && { tags: live.Tags, outputs: ruleOutputs(live, state) };
    },
    async update(client, id, news) {
      await refuseDuplicate(client, id, news, isEgress);
      await client.modifySecurityGroupRules({
        GroupId: news.securityGroupId,
        SecurityGroupRules: [{ SecurityGroupRuleId: id, SecurityGroupRule: ruleRequest(news) }],
      });
    },
    async delete(client, id, state) {
      const request = { GroupId: state.securityGroupId, SecurityGroupRuleIds: [id] };
      await unlessGone(
        isEgress ? client.revokeSecurityGroupEgress(request) : client.revokeSecurityGroupIngress(request),
      );
    },
  });
}

/** As EC2 does; LocalStack has two of the same then. What is described makes no difference (InvalidPermission.Duplicate). */
async function refuseDuplicate(client: EC2, id: string, news: RuleInputs, isEgress: boolean): Promise<void> {
  const others = await rules(client, news.securityGroupId);
  const twin = others.find(
    (live) =>
      live.SecurityGroupRuleId !== id && live.IsEgress === isEgress && isSameTraffic(ruleOutputs(live, news), news),
  );
  if (twin === undefined) return;
  throw new Error(
    `InvalidPermission.Duplicate: ${twin.SecurityGroupRuleId ?? "another rule"} of ${news.securityGroupId} lets in the same`,
  );
}

function isSameTraffic(one: Partial<RuleInputs>, other: RuleInputs): boolean {
  const compared = [
    "ipProtocol",
    "fromPort",
    "toPort",
    "cidrIpv4",
    "cidrIpv6",
    "prefixListId",
    "referencedSecurityGroupId",
  ] as const;
  return compared.every((name) => one[name] === other[name]);
}

function permission(inputs: RuleInputs) {
  const Description = inputs.description;
  const { cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId } = inputs;
  return {
    IpProtocol: inputs.ipProtocol,
    FromPort: inputs.fromPort,
    ToPort: inputs.toPort,
    IpRanges: cidrIpv4 === undefined ? undefined : [{ CidrIp: cidrIpv4, Description }],
    Ipv6Ranges: cidrIpv6 === undefined ? undefined : [{ CidrIpv6: cidrIpv6, Description }],
    PrefixListIds: prefixListId === undefined ? undefined : [{ PrefixListId: prefixListId, Description }],
    UserIdGroupPairs:
      referencedSecurityGroupId === undefined ? undefined : [{ GroupId: referencedSecurityGroupId, Description }],
  };
}

function ruleRequest(inputs: RuleInputs) {
  return {
    IpProtocol: inputs.ipProtocol,
    FromPort: inputs.fromPort,
    ToPort: inputs.toPort,
    CidrIpv4: inputs.cidrIpv4,
    CidrIpv6: inputs.cidrIpv6,
    PrefixListId: inputs.prefixListId,
    ReferencedGroupId: inputs.referencedSecurityGroupId,
    Description: inputs.description,
  };
}

function ruleOutputs(live: SecurityGroupRule, state: Partial<RuleInputs>) {
  const id = live.SecurityGroupRuleId ?? "";
  const referencedSecurityGroupId = live.ReferencedGroupInfo?.GroupId;
  // LocalStack loses the description of a rule that references a group: keep what was asked for.
  const lost = referencedSecurityGroupId !== undefined && (live.Description ?? "") === "";
  // For "all protocols" AWS has no ports and says -1.
  const port = (value?: number) => (live.IpProtocol === "-1" && value === -1 ? undefined : value);
  return {
    arn: ec2Arn(state.region, live.GroupOwnerId, `security-group-rule/${id}`),
    cidrIpv4: live.CidrIpv4,
    cidrIpv6: live.CidrIpv6,
    description: lost ? state.description : live.Description,
    fromPort: port(live.FromPort),
    ipProtocol: live.IpProtocol,
    prefixListId: live.PrefixListId,
    referencedSecurityGroupId,
    securityGroupId: live.GroupId,
    securityGroupRuleId: id,
    toPort: port(live.ToPort),
  };
}

function groupOutputs(live: SecurityGroup, region?: string) {
  return {
    arn: ec2Arn(region, live.OwnerId, `security-group/${live.GroupId ?? ""}`),
    description: live.Description,
    ownerId: live.OwnerId,
    vpcId: live.VpcId,
  };
}

async function group(client: EC2, id: string): Promise<SecurityGroup | undefined> {
  const found = await unlessGone(client.describeSecurityGroups({ GroupIds: [id] }));
  return found?.SecurityGroups?.[0];
}

async function rules(client: EC2, id: string): Promise<SecurityGroupRule[]> {
  const Filters = [{ Name: "group-id", Values: [id] }];
  return (await client.describeSecurityGroupRules({ Filters })).SecurityGroupRules ?? [];
}

async function revokeAll(client: EC2, id: string): Promise<void> {
  const all = await rules(client, id);
  const ids = (egress: boolean) =>
    all.filter((rule) => rule.IsEgress === egress).map((rule) => rule.SecurityGroupRuleId ?? "");
  const [egress, ingress] = [ids(true), ids(false)];
  if (egress.length > 0) await client.revokeSecurityGroupEgress({ GroupId: id, SecurityGroupRuleIds: egress });
  if (ingress.length > 0) await client.revokeSecurityGroupIngress({ GroupId: id, SecurityGroupRuleIds: ingress });
}
