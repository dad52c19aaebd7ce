import assert from "node:assert/strict";
import { awsTypes as aws } from "../../../../src/policy/awsTypes.js";
import { typesOfRules } from "../../../../src/policy/rules/cacheSecurityGroupClosed.js";
import { notKnown, type ComponentName, type StackResource } from "../../../../src/policy/resource.js";
import { outputsOf } from "../../../component/outputs.js";
import { instance } from "../mutations/forms.js";
import { componentStack, findings, resource } from "../stack.js";
import { judged, madeBy } from "../verdicts.js";

/** What must not name something that a component has made. */
interface Forbidden {
  readonly rule: string;
  readonly reason: string;
  /** Who has made what must not be named, and what it is. */
  readonly component: ComponentName;
  readonly target: string;
  /** Types of resource, with the property by which each may name it. */
  readonly by: readonly (readonly [type: string, property: string])[];
  /** Whether nobody may name it, the component itself included. */
  readonly nobody?: boolean;
}

const component = "HipaaRedisCache";
const forbidden: readonly Forbidden[] = [
  {
    rule: "cache-security-group-closed",
    reason: "adds a rule to the security group of a cache",
    component,
    target: aws.securityGroup,
    by: typesOfRules.map((type) => [type, "securityGroupId"] as const),
  },
  {
    rule: "cache-security-group-alone",
    reason: "joins the security group of a cache",
    component,
    target: aws.securityGroup,
    by: [
      [aws.instance, "vpcSecurityGroupIds"],
      [aws.instance, "securityGroups"],
      [aws.networkInterface, "securityGroups"],
      [aws.networkInterfaceSecurityGroupAttachment, "securityGroupId"],
      ["aws:lambda/function:Function", "vpcConfig.securityGroupIds"],
    ],
  },
  {
    rule: "cache-network-acl-closed",
    reason: "adds an entry to the network ACL of a cache",
    component,
    target: aws.networkAcl,
    by: [[aws.networkAclRule, "networkAclId"]],
  },
  {
    rule: "cache-network-acl-closed",
    reason: "puts another network ACL on the subnet of a cache",
    component,
    target: aws.subnet,
    by: [
      [aws.networkAclAssociation, "subnetId"],
      [aws.networkAcl, "subnetIds"],
    ],
  },
  {
    rule: "cache-subnet-routes",
    reason: "adds a route to the subnet of a cache",
    component,
    target: aws.routeTable,
    by: [
      [aws.route, "routeTableId"],
      ["aws:ec2/vpcEndpoint:VpcEndpoint", "routeTableIds"],
      ["aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation", "routeTableId"],
    ],
  },
  {
    rule: "cache-subnet-routes",
    reason: "gives the subnet of a cache another route table",
    component,
    target: aws.subnet,
    by: [[aws.routeTableAssociation, "subnetId"]],
  },
  {
    rule: "cache-subnet-alone",
    reason: "is in the subnet of a cache",
    component,
    target: aws.subnet,
    by: [
      [aws.instance, "subnetId"],
      [aws.networkInterface, "subnetId"],
      ["aws:autoscaling/group:Group", "vpcZoneIdentifiers"],
      ["aws:lambda/function:Function", "vpcConfig.subnetIds"],
    ],
  },
  {
    rule: "cache-node-alone",
    reason: "refers to a node of a cache",
    component,
    target: aws.networkInterface,
    by: [
      [aws.networkInterfaceSecurityGroupAttachment, "networkInterfaceId"],
      [aws.eip, "networkInterface"],
    ],
  },
  {
    rule: "cache-node-alone",
    reason: "refers to a node of a cache",
    component,
    target: aws.instance,
    by: [
      ["aws:ec2/volumeAttachment:VolumeAttachment", "instanceId"],
      ["aws:lb/targetGroupAttachment:TargetGroupAttachment", "targetId"],
    ],
  },
  {
    rule: "cache-secret-readers",
    reason: "puts a policy on the secret of a cache",
    component,
    target: aws.secret,
    nobody: true,
    by: [[aws.secretPolicy, "secretArn"]],
  },
  {
    rule: "cache-key-users",
    reason: "opens the KMS key of a cache",
    component,
    target: aws.kmsKey,
    by: [
      [aws.kmsGrant, "keyId"],
      [aws.kmsKeyPolicy, "keyId"],
    ],
  },
  {
    rule: "cache-role-alone",
    reason: "adds permissions to the role of a cache's node",
    component,
    target: aws.role,
    by: [
      [aws.rolePolicy, "role"],
      [aws.rolePolicyAttachment, "role"],
      [aws.policyAttachment, "roles"],
      [aws.rolePolicyAttachmentsExclusive, "roleName"],
      [aws.rolePoliciesExclusive, "roleName"],
    ],
  },
  {
    rule: "cache-role-alone",
    reason: "takes the role of a cache's node",
    component,
    target: aws.role,
    by: [
      [aws.instanceProfile, "role"],
      ["aws:lambda/function:Function", "role"],
    ],
  },
  {
    rule: "cache-role-alone",
    reason: "takes the role of a cache's node",
    component,
    target: aws.instanceProfile,
    by: [
      [aws.instance, "iamInstanceProfile"],
      [aws.launchTemplate, "iamInstanceProfile.name"],
    ],
  },
  {
    rule: "internet-gateway-authorized-vpc-only",
    reason: "is attached to a HipaaNetwork's VPC",
    component: "HipaaNetwork",
    target: aws.vpc,
    by: [
      [aws.internetGateway, "vpcId"],
      [aws.internetGatewayAttachment, "vpcId"],
    ],
  },
];

/** A value at a path such as `vpcConfig.subnetIds`. */
function at(path: string, value: unknown): Record<string, unknown> {
  const [first = "", ...rest] = path.split(".");
  return { [first]: rest.length === 0 ? value : at(rest.join("."), value) };
}

/** For what holds a policy, which is judged by what it grants as well. */
const grantsNothing = { policy: '{"Statement":[]}' };

describe("the groups that a cache makes for its clients", () => {
  const rule = "cache-security-group-alone";
  const cache = (id: unknown): StackResource => madeBy(component, aws.securityGroup, { id }, "sessions");
  const client = (id: unknown): StackResource => madeBy(component, aws.securityGroup, { id }, "sessions-client-web");
  const entry = (own: StackResource, peer: StackResource, known: boolean): StackResource => ({
    ...madeBy(component, aws.securityGroupIngressRule, {
      securityGroupId: known ? own.props.id : notKnown,
      referencedSecurityGroupId: known ? peer.props.id : notKnown,
    }),
    madeFrom: { securityGroupId: [own], referencedSecurityGroupId: [peer] },
  });
  const host = (groups: readonly StackResource[], known: boolean): StackResource =>
    resource(
      aws.instance,
      { vpcSecurityGroupIds: known ? groups.map(({ props }) => props.id) : notKnown },
      { madeFrom: { vpcSecurityGroupIds: groups } },
    );
  const own = resource(aws.securityGroup, { id: "host-id" }, { name: "web" });

  for (const known of [true, false]) {
    const [ofCache, ofClient] = known ? [cache("own-id"), client("client-id")] : [cache(notKnown), client(notKnown)];
    const stack = [ofCache, ofClient, entry(ofCache, ofClient, known), own];

    it(`may have hosts in them, which the cache's own may not (${known ? "ids are known" : "in a preview"})`, () => {
      assert.equal(judged(rule, host([ofClient], known), stack), "compliant");
      assert.equal(judged(rule, host([own, ofClient], known), stack), "compliant");
      assert.notEqual(judged(rule, host([own, ofCache], known), stack), "compliant");
      assert.notEqual(judged(rule, host([own, ofClient, ofCache], known), stack), "compliant");
    });
  }

  it("leave nothing to find in a whole stack with a host in them", async () => {
    const stack = await componentStack({ clientSecurityGroups: true });
    const idOf = (name: string): string => outputsOf(aws.securityGroup, name).id;
    const host = (...groups: string[]): StackResource =>
      resource(aws.instance, { ...instance, vpcSecurityGroupIds: groups.map(idOf) });
    assert.deepEqual(findings([...stack, host("web", "sessions-client-web")], "violation"), []);
    assert.deepEqual(findings([...stack, host("web", "sessions")], "violation"), ["cache-security-group-alone added"]);
  });

  it("are told from the group of another cache that a cache lets in", () => {
    const other = madeBy(component, aws.securityGroup, { id: "other-id" }, "ledger");
    const stack = [cache("own-id"), other, entry(cache("own-id"), other, true), entry(other, own, true)];
    assert.equal(judged(rule, host([other], true), stack), "wrong: joins the security group of a cache");
  });
});

describe("routes to the servers that a cache's nodes ask", () => {
  it("lead to each of these, and to none that they don't ask", async () => {
    const stack = await componentStack({ dnsServers: ["10.20.0.10"], timeServers: ["10.20.0.11"] });
    const found = (destinationCidrBlock: string, by: object): readonly string[] => {
      const routeTableId = outputsOf(aws.routeTable, "sessions-0").id;
      return findings([...stack, resource(aws.route, { routeTableId, destinationCidrBlock, ...by })], "violation");
    };
    const peering = { vpcPeeringConnectionId: "pcx-1" };
    for (const server of ["10.20.0.10/32", "10.20.0.11/32"]) assert.deepEqual(found(server, peering), [], server);
    for (const [network, by] of [
      ["10.20.0.12/32", peering],
      ["10.20.0.0/24", peering],
      ["0.0.0.0/0", peering],
      ["10.20.0.10/32", { networkInterfaceId: "eni-1" }],
    ] as const) {
      assert.deepEqual(found(network, by), ["cache-subnet-routes added"], network);
    }
  });
});

describe("rules about what is a component's", () => {
  for (const { rule, reason, by, nobody = false, ...its } of forbidden) {
    const target = madeBy(its.component, its.target, { id: "own-id", arn: "own-arn" });
    const users = resource(its.target, { id: "user-id" }, { name: "user" });
    const elsewhere = resource("pulumi:pulumi:StackReference", {}, { name: "stack" });
    const others = [target, users, elsewhere];
    const wrong = `wrong: ${reason}`;
    const open = `open: what it refers to is not known yet, and it may be one that ${reason}`;

    for (const [type, property] of by) {
      const of = (value: unknown, from?: readonly StackResource[]): string =>
        judged(
          rule,
          resource(
            type,
            { ...grantsNothing, ...at(property, value) },
            { madeFrom: from ? { [property.split(".")[0] ?? ""]: from } : {} },
          ),
          others,
        );

      it(`${rule} names a ${type} whose ${property} is the component's`, () => {
        assert.deepEqual(
          [of("own-id"), of("own-arn"), of(["user-id", "own-id"]), of(notKnown, [target])],
          [wrong, wrong, wrong, wrong],
        );
      });

      it(`${rule} has nothing against a ${type} whose ${property} is another's`, () => {
        const fine = [of("user-id"), of(undefined), of(notKnown, [users]), of(notKnown)];
        assert.deepEqual(fine, Array(4).fill("compliant"));
        const { urn } = resource(type, {});
        const other = { ...grantsNothing, description: "own-id" };
        assert.equal(judged(rule, { ...resource(type, other), urn }, others), "compliant");
        const its = { ...grantsNothing, ...at(property, "own-id") };
        assert.equal(judged(rule, resource(type, its), [users]), "compliant");
      });

      it(`${rule} cannot tell of a ${type} whose ${property} comes from elsewhere`, () => {
        assert.equal(of(notKnown, [elsewhere]), open);
      });

      it(`${rule} lets ${nobody ? "not even the" : "the"} component itself make a ${type}`, () => {
        const own = (name: ComponentName): string => judged(rule, madeBy(name, type, at(property, "own-id")), others);
        assert.equal(own(its.component), nobody ? wrong : "compliant");
        assert.equal(own("HipaaRedisClient"), wrong);
      });
    }
  }
});
