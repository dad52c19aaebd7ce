import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execaSync } from "execa";
import { ensureDebianPackages } from "../../lab/prerequisites.js";
import { assess } from "../../src/evidence/assess.js";
import { meets } from "../../src/evidence/check.js";
import { planCache } from "../../src/plan/cachePlan.js";
import { networkAclEntries } from "../../src/plan/networkAcl.js";
import { sampleEvidence, sampleArguments } from "../support/sample.js";

const natGatewayId = "nat-0";
const evidence = sampleEvidence({
  subnets: sampleArguments.subnets.map((subnet) => ({ ...subnet, natGatewayId })),
  appSecurityGroupIds: { web: "sg-1", jobs: "sg-2" },
});
const SubnetId = evidence.deployed.subnets[0]?.id;
const group = evidence.deployed.securityGroupId;
const local = {
  DestinationCidrBlock: "10.0.0.0/16",
  GatewayId: "local",
  Origin: "CreateRouteTable",
  State: "active",
};
const nat = {
  DestinationCidrBlock: "0.0.0.0/0",
  NatGatewayId: natGatewayId,
  Origin: "CreateRoute",
  State: "active",
};

function tables(...more: readonly object[]): object {
  return {
    RouteTables: [{ Associations: [{ Main: false, SubnetId }], PropagatingVgws: [], Routes: [local, nat, ...more] }],
  };
}

function rule(change: object): object {
  return { IsEgress: false, IpProtocol: "tcp", FromPort: 6379, ToPort: 6379, ...change };
}

function rules(...peers: readonly object[]): object {
  const ssh = { ...rule({ CidrIpv4: "10.0.0.0/28" }), FromPort: 22, ToPort: 22 };
  return { SecurityGroupRules: [ssh, ...peers.map(rule)] };
}

const first = { ReferencedGroupInfo: { GroupId: "sg-1" } };
const second = { ReferencedGroupInfo: { GroupId: "sg-2", UserId: "000000000000" } };
const address = { PrivateIpAddress: "10.0.0.100" };
const itself = { Groups: [{ GroupId: group }], PrivateIpAddresses: [address], Ipv6Addresses: [] };
const volume = {
  Operations: ["Decrypt"],
  GranteePrincipal: `arn:aws:sts::000000000000:assumed-role/aws:ec2-infrastructure/${evidence.deployed.nodes[0]?.instanceId ?? ""}`,
  Constraints: { EncryptionContextSubset: { "aws:ebs:id": "vol-0" } },
};

const itsSubnet = {
  SubnetId,
  VpcId: evidence.deployed.vpcId,
  CidrBlock: "10.0.0.96/28",
  AvailabilityZone: "us-east-1a",
  MapPublicIpOnLaunch: false,
  Ipv6CidrBlockAssociationSet: [],
};

/** The planned entries, those of AWS's own that deny the rest, and one more. */
function acl(...more: readonly object[]): object {
  const planned = networkAclEntries(planCache("sessions", evidence.arguments).flows).map((entry) => ({
    CidrBlock: entry.cidrBlock,
    Egress: entry.egress,
    PortRange: { From: entry.fromPort, To: entry.toPort },
    Protocol: "6",
    RuleAction: "allow",
    RuleNumber: entry.ruleNumber,
  }));
  const others = { CidrBlock: "0.0.0.0/0", Protocol: "-1", RuleAction: "deny", RuleNumber: 32_767 };
  const rest = [true, false].map((Egress) => ({ ...others, Egress }));
  return { NetworkAcls: [{ Associations: [{ SubnetId }], Entries: [...planned, ...rest, ...more] }] };
}

/** What AWS may say of what LocalStack has not, or says otherwise: [what a check shows, answers that hold, answers that don't]. */
const answers: readonly (readonly [string, readonly unknown[], readonly unknown[]])[] = [
  [
    "each subnet of the cache is where it was planned, and gives no public address and none of IPv6",
    [{ Subnets: [itsSubnet] }, { Subnets: [{ ...itsSubnet, Ipv6CidrBlockAssociationSet: undefined }] }],
    [
      { Subnets: [] },
      { Subnets: [{ ...itsSubnet, MapPublicIpOnLaunch: true }] },
      { Subnets: [{ ...itsSubnet, Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: "2001:db8::/64" }] }] },
      { Subnets: [{ ...itsSubnet, VpcId: "vpc-1" }] },
      { Subnets: [{ ...itsSubnet, SubnetId: "subnet-1" }] },
      { Subnets: [{ ...itsSubnet, CidrBlock: "10.0.1.96/28" }] },
      { Subnets: [{ ...itsSubnet, AvailabilityZone: "us-east-1b" }] },
    ],
  ],
  [
    "the network ACL has the planned entries and no other",
    [acl(), acl({ RuleNumber: 32_768, Protocol: "-1", RuleAction: "deny", Egress: true, Ipv6CidrBlock: "::/0" })],
    [
      acl({ RuleNumber: 50, Protocol: "6", RuleAction: "deny", Egress: false, CidrBlock: "10.0.16.0/20" }),
      acl({ RuleNumber: 50, Protocol: "6", RuleAction: "allow", Egress: false, CidrBlock: "10.0.32.0/20" }),
      { NetworkAcls: [] },
    ],
  ],
  [
    "the secret of web is encrypted under the cache's key, and has no copy in another region",
    [{ KmsKeyId: evidence.deployed.kmsKeyArn }, { KmsKeyId: evidence.deployed.kmsKeyArn, ReplicationStatus: [] }],
    [
      { KmsKeyId: `${evidence.deployed.kmsKeyArn}2` },
      {},
      { KmsKeyId: evidence.deployed.kmsKeyArn, ReplicationStatus: [{ Region: "us-west-2", Status: "InSync" }] },
    ],
  ],
  [
    "each subnet of the cache has the planned routes and no other",
    [tables(), tables({ ...local, DestinationCidrBlock: undefined, DestinationIpv6CidrBlock: "fd00::/56" })],
    [
      { RouteTables: [] },
      tables({ DestinationCidrBlock: "10.9.0.0/16", TransitGatewayId: "tgw-0" }),
      tables({ DestinationCidrBlock: "10.9.0.0/16", VpcPeeringConnectionId: "pcx-0" }),
      tables({
        DestinationCidrBlock: "10.9.0.0/16",
        GatewayId: "vgw-0",
        Origin: "EnableVgwRoutePropagation",
      }),
      tables({ DestinationIpv6CidrBlock: "::/0", EgressOnlyInternetGatewayId: "eigw-0" }),
      tables({ DestinationPrefixListId: "pl-0", GatewayId: "vpce-0" }),
      tables({
        DestinationCidrBlock: "10.9.0.0/16",
        CoreNetworkArn: "arn:aws:networkmanager::0:core-network/0",
      }),
      { RouteTables: [{ Associations: [{ SubnetId }], Routes: [local] }] },
      { RouteTables: [{ Associations: [{ SubnetId }], Routes: [local, { ...nat, NatGatewayId: "nat-1" }] }] },
      { RouteTables: [{ Associations: [{ SubnetId }, { SubnetId: "subnet-1" }], Routes: [local, nat] }] },
      { RouteTables: [{ Associations: [{ SubnetId }, { Main: true }], Routes: [local, nat] }] },
      {
        RouteTables: [
          { Associations: [{ SubnetId }], PropagatingVgws: [{ GatewayId: "vgw-0" }], Routes: [local, nat] },
        ],
      },
    ],
  ],
  [
    "the security group lets in what is planned and nothing else",
    [rules(first, second), rules(second, first, { IsEgress: true, CidrIpv4: "0.0.0.0/0" })],
    [
      rules(first),
      rules(first, { ReferencedGroupInfo: { GroupId: "sg-3" } }),
      rules(first, { PrefixListId: "pl-0" }),
      rules(first, second, { CidrIpv6: "::/0" }),
      { SecurityGroupRules: [] },
    ],
  ],
  [
    "sessions-0 has one interface, with its address and the cache's security group alone",
    [[itself]],
    [
      [],
      [itself, itself],
      [{ ...itself, Groups: [...itself.Groups, { GroupId: "sg-1" }] }],
      [{ ...itself, PrivateIpAddresses: [{ ...address, Association: { PublicIp: "192.0.2.1" } }] }],
      [{ ...itself, PrivateIpAddresses: [address, { PrivateIpAddress: "10.0.0.101" }] }],
      [{ ...itself, Ipv6Addresses: [{ Ipv6Address: "fd00::1" }] }],
      [{ ...itself, Ipv4Prefixes: [{ Ipv4Prefix: "10.0.0.16/28" }] }],
    ],
  ],
  [
    "no grant of the key is for anything but a volume of a node",
    [{ Grants: [] }, { Grants: [volume] }],
    [
      { Grants: [volume, { ...volume, Constraints: undefined }] },
      ...[
        "arn:aws:iam::000000000000:role/somebody",
        volume.GranteePrincipal.replace("000000000000", "000000000001"),
        "arn:aws:sts::000000000000:assumed-role/aws:ec2-infrastructure/i-0123456789abcdef1",
        "arn:aws:sts::000000000000:assumed-role/somebody/i-0",
        undefined,
      ].map((GranteePrincipal) => ({ Grants: [{ ...volume, GranteePrincipal }] })),
      { Grants: [{ ...volume, Constraints: { EncryptionContextSubset: { "aws:ebs:id": "x" } } }] },
      {
        Grants: [{ ...volume, Constraints: { EncryptionContextEquals: { SecretARN: "arn:aws:secretsmanager" } } }],
      },
    ],
  ],
  [
    "the policy of the secret of web is as it was planned, and lets nobody else at it",
    [null],
    ['{"Version":"2012-10-17","Statement":[]}', "none", ""],
  ],
  [
    "the key's policy is as it was planned, and lets nobody else at it",
    [
      {
        Version: "2012-10-17",
        Id: "key-default-1",
        Statement: [
          {
            Sid: "Enable IAM User Permissions",
            Effect: "Allow",
            Action: "kms:*",
            Resource: "*",
            Principal: { AWS: "arn:aws:iam::000000000000:root" },
          },
        ],
      },
    ],
    [
      { Version: "2012-10-17", Statement: [] },
      {
        Statement: [
          {
            Effect: "Allow",
            Action: "kms:*",
            Resource: "*",
            Principal: { AWS: "arn:aws:iam::000000000001:root" },
          },
        ],
      },
    ],
  ],
  [
    "the VPC has a flow log of all traffic, which is delivered and kept for a month at least",
    [
      flowLogs({ DeliverLogsStatus: "SUCCESS" }, 2192),
      // Before it has delivered for the first time.
      flowLogs({}, 31),
      flowLogs({}, undefined),
      flowLogs({ LogGroupName: undefined, LogDestination: "arn:aws:s3:::logs" }, 1),
    ],
    [
      { FlowLogs: [] },
      flowLogs({ TrafficType: "REJECT" }, 2192),
      flowLogs({ FlowLogStatus: "FAILED" }, 2192),
      flowLogs({ DeliverLogsStatus: "FAILED" }, 2192),
      flowLogs({ ResourceId: "vpc-0123456789abcdef1" }, 2192),
      flowLogs({}, 30),
      flowLogs({ LogGroupName: "another" }, 2192),
    ],
  ],
];

/** What AWS says of a VPC's flow log, and of its log group. */
function flowLogs(change: Readonly<Record<string, string | undefined>>, retentionInDays: number | undefined): unknown {
  const one = { ResourceId: "vpc-0123456789abcdef0", TrafficType: "ALL", FlowLogStatus: "ACTIVE", LogGroupName: "own" };
  return { FlowLogs: [{ ...one, ...change }], logGroups: [{ logGroupName: "own", retentionInDays }] };
}

describe("what AWS answers", () => {
  const folder = mkdtempSync(join(tmpdir(), "aws-answers-"));
  before(async () => {
    await ensureDebianPackages(["jq"]);
    writeFileSync(join(folder, "aws"), `#!/bin/sh\ncat ${folder}/answer\n`);
    chmodSync(join(folder, "aws"), 0o755);
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const checks = assess(evidence).controls.flatMap(({ checks: all }) =>
    all.flatMap((check) => (check.by === "aws" ? [check] : [])),
  );

  for (const [shows, holding, broken] of answers)
    it(`is judged by what it says: ${shows}`, () => {
      const check = checks.find((one) => one.shows === shows);
      assert.ok(check);
      const holds = (answer: unknown): boolean => {
        writeFileSync(join(folder, "answer"), JSON.stringify(answer));
        const env = { PATH: `${folder}:${process.env.PATH ?? ""}` };
        const { exitCode = 1, stdout } = execaSync("sh", ["-c", check.command], { env, reject: false });
        return meets(check.expect, { exitCode, stdout });
      };
      for (const answer of holding) assert.ok(holds(answer), JSON.stringify(answer));
      for (const answer of broken) assert.ok(!holds(answer), JSON.stringify(answer));
    });
});
