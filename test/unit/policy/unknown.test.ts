import assert from "node:assert/strict";
import { awsTypes as aws } from "../../../src/policy/awsTypes.js";
import { notKnown, type StackResource } from "../../../src/policy/resource.js";
import { rules } from "../../../src/policy/rules.js";
import { componentStack, findings, resource } from "./stack.js";

/** That such a resource is there, or that a property is given at all, says enough. */
const judgedWithoutValues = ["ec2-instances-in-vpc"];

/** Each property is unknown, and computed from something in another stack. */
function unknownEverywhere(type: string): StackResource {
  const elsewhere = [resource("pulumi:pulumi:StackReference", {}, { name: "stack" })];
  const any = {
    get: (_: object, key: string | symbol) => (key === "toJSON" ? undefined : notKnown),
  };
  const props = new Proxy<Record<string, unknown>>({}, any);
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
    assert.equal(
      judged(added([resource("pulumi:pulumi:StackReference", {}, { name: "stack" })])),
      "undecided",
    );
  });

  for (const rule of rules.filter(({ name }) => !judgedWithoutValues.includes(name))) {
    it(`${rule.name} takes no unknown value for a good one`, () => {
      const verdicts = rule.types.map((type) => {
        const one = unknownEverywhere(type);
        return "judge" in rule ? rule.judge(one) : rule.judgeInStack(one, [...stack, one, ...helpers]);
      });
      assert.ok(
        verdicts.some(({ kind }) => kind === "undecided"),
        JSON.stringify(verdicts),
      );
      assert.ok(verdicts.every(({ kind }) => kind !== "compliant" || rule.types.length > 1));
    });
  }
});
