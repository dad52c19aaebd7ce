import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { CustomResource, runtime } from "@pulumi/pulumi";
import type { Inputs } from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { EC2 } from "@aws-sdk/client-ec2";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { clientOptions } from "../../lab/clientOptions.js";
import { refresh, up } from "../../lab/engine/operations.js";
import { inventory } from "../../lab/localstack/inventory.js";
import { everything } from "./everything.js";
import { changes, localStack, region, sharedStack, withStack } from "./support.js";

class Raw extends CustomResource {}

/** A resource whose inputs reach the plugin as they are: the SDK's classes would drop what they do not know. */
const raw = (type: string, inputs: Inputs) => () => {
  new Raw(type, "raw", inputs);
  return Promise.resolve();
};

async function ec2(): Promise<EC2> {
  const { endpoint } = await localStack();
  return new EC2(clientOptions({ endpoint, region }));
}

describe("plugin aws", () => {
  describe("refuses what it does not know, by name", () => {
    const refused: [what: string, program: PulumiFn, message: RegExp][] = [
      [
        "a type",
        raw("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", {}),
        /Unknown resource type aws:ec2\/vpcPeer/,
      ],
      ["a property", raw("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16", ipv6Native: true }), /ipv6Native/],
      [
        "a nested property",
        raw("aws:ec2/instance:Instance", {
          ami: "ami-1",
          instanceType: "m7i.large",
          metadataOptions: { httpTokens: "required", httpTokenz: "optional" },
        }),
        /metadataOptions\.httpTokenz/,
      ],
      ["a value", raw("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16", instanceTenancy: "host" }), /instanceTenancy/],
      ["a missing input", raw("aws:ec2/subnet:Subnet", { cidrBlock: "10.0.0.0/24" }), /vpcId/],
      [
        "a function",
        () => runtime.invoke("aws:ec2/getPrefixList:getPrefixList", {}) as Promise<never>,
        /Unknown function aws:ec2\/getPrefixList:getPrefixList/,
      ],
      [
        "an argument",
        () => runtime.invoke("aws:ec2/getAmi:getAmi", { nameRegexp: "x" }) as Promise<never>,
        /nameRegexp/,
      ],
      [
        "a provider's setting",
        () => {
          const provider = new aws.Provider("other", { region, useFipsEndpoint: true });
          new aws.ec2.InternetGateway("gateway", {}, { provider });
          return Promise.resolve();
        },
        /useFipsEndpoint/,
      ],
    ];
    const known = raw("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" });
    const stack = sharedStack("aws-refused", known);
    it("and takes the same with what it knows", async () => {
      assert.deepEqual(changes(await up(stack())), { create: 2 });
    });

    for (const [what, program, message] of refused) {
      it(what, async () => {
        await assert.rejects(up(stack(), { program }), message);
      });
    }
  });

  it("makes, keeps, changes, refreshes and destroys all types", async () => {
    const { endpoint } = await localStack();
    const before = await inventory(endpoint);
    await withStack("aws-all", everything({ tag: "one" }), async (stack) => {
      await up(stack);
      assert.equal((await stack.outputs()).accountId?.value, "000000000000");
      assert.deepEqual(changes(await up(stack)), {});
      assert.deepEqual(changes(await refresh(stack)), {});
      assert.deepEqual(changes(await up(stack)), {}, "up after refresh");

      const program = everything({ tag: "two" });
      const preview = await stack.preview({ program });
      const update = changes(await up(stack, { program }));
      assert.deepEqual(Object.keys(update), ["update"]);
      assert.deepEqual(changes(preview.changeSummary), update, "preview");
      assert.deepEqual(changes(await refresh(stack)), {});
      assert.deepEqual(changes(await up(stack, { program })), {});
    });
    assert.deepEqual(await inventory(endpoint), before);
  });

  it("leaves a secret's policy that is no longer given, and takes it away for an empty one, as the official provider does", async () => {
    const { endpoint } = await localStack();
    const secrets = new SecretsManager(clientOptions({ endpoint, region }));
    const statement = {
      Effect: "Deny",
      Principal: "*",
      Action: "secretsmanager:GetSecretValue",
      Resource: "*",
    };
    const policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    const having = (given: { policy?: string }) => () => {
      const { id } = new aws.secretsmanager.Secret("secret", { recoveryWindowInDays: 0, ...given });
      return Promise.resolve({ id });
    };
    await withStack("aws-secret-policy", having({ policy: "{}" }), async (stack) => {
      await up(stack);
      const SecretId = String((await stack.outputs()).id?.value);
      const found = async (): Promise<unknown> => {
        const { ResourcePolicy } = await secrets.getResourcePolicy({ SecretId });
        return ResourcePolicy === undefined ? undefined : (JSON.parse(ResourcePolicy) as unknown);
      };
      assert.equal(await found(), undefined);
      assert.deepEqual(changes(await refresh(stack)), {});
      for (const [given, wanted] of [
        [{ policy }, JSON.parse(policy)],
        [{}, JSON.parse(policy)],
        [{ policy: "{}" }, undefined],
      ] as const) {
        await up(stack, { program: having(given) });
        assert.deepEqual(await found(), wanted);
      }
    });
  });

  it("refuses a rule that becomes the same as another of its group, as EC2 does", async () => {
    const having = (first: string) => () => {
      const group = new aws.ec2.SecurityGroup("group", {
        vpcId: new aws.ec2.Vpc("vpc", { cidrBlock: "10.1.0.0/16" }).id,
      });
      for (const [name, cidrIpv4] of [["first", first] as const, ["second", "10.1.2.0/24"] as const]) {
        const port = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };
        new aws.vpc.SecurityGroupIngressRule(name, { securityGroupId: group.id, ...port, cidrIpv4 });
      }
      return Promise.resolve({});
    };
    await withStack("aws-duplicate", having("10.1.1.0/24"), async (stack) => {
      await up(stack);
      await assert.rejects(
        up(stack, { program: having("10.1.2.0/24") }),
        /InvalidPermission\.Duplicate: sgr-\w+ of sg-/,
      );
      // The control case: another network than the second's.
      assert.deepEqual(changes(await up(stack, { program: having("10.1.3.0/24") })), { update: 1 });
    });
  });

  it("sees drift and what has vanished", async () => {
    const client = await ec2();
    const program = () => {
      const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.1.0.0/16", tags: { Name: "drift" } });
      const group = new aws.ec2.SecurityGroup("group", { vpcId: vpc.id });
      const subnet = new aws.ec2.Subnet("subnet", { vpcId: vpc.id, cidrBlock: "10.1.1.0/24" });
      return Promise.resolve({ vpc: vpc.id, group: group.id, subnet: subnet.id });
    };
    await withStack("aws-drift", program, async (stack) => {
      await up(stack);
      const outputs = await stack.outputs();
      const [vpc, subnet] = [String(outputs.vpc?.value), String(outputs.subnet?.value)];
      await client.createTags({ Resources: [vpc], Tags: [{ Key: "Name", Value: "tampered" }] });
      await client.createTags({
        Resources: [String(outputs.group?.value)],
        Tags: [{ Key: "x", Value: "y" }],
      });
      await client.deleteSubnet({ SubnetId: subnet });
      assert.deepEqual(changes(await refresh(stack)), { update: 2, delete: 1 });
      assert.deepEqual(changes(await up(stack)), { update: 2, create: 1 });
      const live = (await client.describeVpcs({ VpcIds: [vpc] })).Vpcs?.[0];
      assert.deepEqual(live?.Tags, [{ Key: "Name", Value: "drift" }]);
    });
  });
});
