import assert from "node:assert/strict";
import { awsTypes as aws } from "../../../src/policy/awsTypes.js";
import { notKnown, type StackResource } from "../../../src/policy/resource.js";
import { rules } from "../../../src/policy/rules.js";
import { madeBy } from "./verdicts.js";
import { componentStack, findings, resource } from "./stack.js";

/** That such a resource is there, or that a property is given at all, says enough. */
const judgedWithoutValues = ["ec2-instances-in-vpc"];

/** A property of a rule's about every type that names something of a cache's, and a type that has it. */
const ofEveryType: Readonly<Record<string, readonly [type: string, property: string]>> = {
  "cache-security-group-alone": [aws.networkInterface, "securityGroups"],
  "cache-subnet-routes": [aws.route, "routeTableId"],
  "cache-subnet-alone": [aws.networkInterface, "subnetId"],
  "cache-node-alone": [aws.eip, "networkInterface"],
  "cache-secret-readers": [aws.secretVersion, "secretId"],
  "cache-role-alone": [aws.instanceProfile, "role"],
  "component-as-given": [aws.securityGroupIngressRule, "cidrIpv4"],
  "component-nothing-added": [aws.securityGroupIngressRule, "prefixListId"],
};

/** What the rules about components judge: one of a cache's own. */
function own(one: StackResource, name = "sessions-apps-to-redis-10.0.16.0-20"): StackResource {
  return { ...one, name, urn: madeBy("HipaaRedisCache", one.type, {}, name).urn };
}

/** Each property is unknown, and computed from something in another stack. */
function unknownEverywhere(type: string, property?: string): StackResource {
  const elsewhere = [resource("pulumi:pulumi:StackReference", {}, { name: "stack" })];
  const any = {
    get: (_: object, key: string | symbol) => (key === "toJSON" ? undefined : notKnown),
  };
  const given = property === undefined ? {} : { [property]: notKnown };
  const props = new Proxy<Record<string, unknown>>(given, any);
  const madeFrom = new Proxy<StackResource["madeFrom"]>({}, { get: () => elsewhere });
  return { ...resource(type, props), props, madeFrom };
}

/** What may stand for what a rule asks for; of what it is, nobody knows yet. */
const helpers = [
  aws.backupSelection,
  aws.defaultSecurityGroup,
  aws.flowLog,
  aws.userGroupMembership,
  aws.secretRotation,
].map((type) => unknownEverywhere(type));

describe("the rules of the policy pack, before a value is known", () => {
  let stack: readonly StackResource[];
  before(async () => {
    // As a preview of a new stack sees it: the cloud has given no id and no ARN yet.
    stack = (await componentStack()).map((one) => ({
      ...one,
      props: { ...one.props, id: notKnown, arn: notKnown },
    }));
  });
  const ofCache = (type: string): StackResource => {
    const found = stack.find((one) => one.type === type && one.urn.includes("HipaaRedisCache$"));
    assert.ok(found, type);
    return found;
  };
  const added = (from: readonly StackResource[] | undefined): StackResource =>
    resource(
      aws.networkAclRule,
      { networkAclId: notKnown },
      { madeFrom: from === undefined ? {} : { networkAclId: from } },
    );
  const judged = (one: StackResource): string =>
    (["violation", "undecided"] as const)
      .filter((kind) => findings([...stack, one], kind).some((line) => line.endsWith(" added")))
      .join();

  it("know what a value is computed from", () => {
    assert.equal(judged(added([ofCache(aws.networkAcl)])), "violation");
    assert.equal(judged(added([resource(aws.networkAcl, {}, { name: "other" })])), "");
  });

  it("say that they cannot judge what comes from several, or from elsewhere", () => {
    const other = resource(aws.networkAcl, {}, { name: "other" });
    assert.equal(judged(added([ofCache(aws.networkAcl), other])), "undecided");
    assert.equal(judged(added([resource("pulumi:pulumi:StackReference", {}, { name: "stack" })])), "undecided");
  });

  for (const rule of rules.filter(({ name }) => !judgedWithoutValues.includes(name))) {
    it(`${rule.name} takes no unknown value for a good one`, () => {
      const subjects =
        typeof rule.types === "string"
          ? [unknownEverywhere(...(ofEveryType[rule.name] ?? assert.fail(rule.name)))]
          : rule.types.map((type) => unknownEverywhere(type));
      const verdicts = subjects.map((subject) => {
        const one = rule.name.startsWith("component-") ? own(subject) : subject;
        return "judge" in rule ? rule.judge(one) : rule.judgeInStack(one, [...stack, one, ...helpers]);
      });
      assert.ok(
        verdicts.some(({ kind }) => kind === "undecided"),
        JSON.stringify(verdicts),
      );
      assert.ok(verdicts.every(({ kind }) => kind !== "compliant" || subjects.length > 1));
    });
  }
});
