import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../../lab/stateFolder.js";
import { awsTypes as aws } from "../../../src/policy/awsTypes.js";
import type { StackResource } from "../../../src/policy/resource.js";
import { rules } from "../../../src/policy/rules.js";
import { mutations } from "./mutations.js";
import { componentStack, findings, resource } from "./stack.js";

describe("the rules of the policy pack", () => {
  let stack: readonly StackResource[];
  before(async () => {
    stack = await componentStack();
  });

  it("find nothing in the components, and leave nothing unjudged", () => {
    assert.deepEqual(findings(stack, "violation"), []);
    assert.deepEqual(findings(stack, "undecided"), []);
  });

  it("each have a name of their own, a paragraph and a way out", () => {
    assert.equal(new Set(rules.map(({ name }) => name)).size, rules.length);
    for (const { name, hipaa, remediation } of rules) {
      assert.ok(hipaa.length > 0 && hipaa.every((one) => /^164\.3\d\d(\(\w+\))+$/.test(one)), name);
      assert.match(remediation, /\.$/, name);
    }
  });

  it("speak of types that the AWS provider has", () => {
    for (const type of Object.values(aws)) {
      const [, path = ""] = type.split(":");
      const file = join(repositoryRoot, "node_modules/@pulumi/aws", `${path}.js`);
      assert.ok(existsSync(file) && readFileSync(file, "utf8").includes(`'${type}'`), type);
    }
  });

  it("all have a mutation", () => {
    const tried = new Set(mutations.map(({ rule }) => rule));
    // Its only subject is a policy inside something, which has a rule of its own: below.
    tried.add("iam-inline-policy-blocked-kms-actions");
    // Its subjects are a component's own: asGiven.test.ts.
    tried.add("component-nothing-added");
    assert.deepEqual(
      rules.map(({ name }) => name).filter((name) => !tried.has(name)),
      [],
    );
  });

  for (const [index, { rule, bad, good }] of mutations.entries()) {
    const type = bad[0]?.type ?? "";
    it(`${index + 1}. ${rule} alone names a ${type.split(":").at(-1) ?? ""} that breaks it`, () => {
      assert.deepEqual(findings([...stack, ...bad], "violation"), [`${rule} added`]);
      assert.deepEqual(findings([...stack, ...good], "violation"), []);
    });
  }

  it("name a policy inside a role that decrypts everything, beside that it is inside", () => {
    const policy = (on: string): string =>
      JSON.stringify({ Statement: { Effect: "Allow", Action: ["kms:Decrypt"], Resource: [on] } });
    const inside = (on: string): StackResource => resource(aws.rolePolicy, { role: "other", policy: policy(on) });
    assert.deepEqual(findings([...stack, inside("*")], "violation"), [
      "iam-inline-policy-blocked-kms-actions added",
      "iam-no-inline-policy added",
    ]);
    assert.deepEqual(findings([...stack, inside("arn:aws:kms:us-east-1:1:key/1")], "violation"), [
      "iam-no-inline-policy added",
    ]);
  });

  it("name a rule for all ports and protocols by every port that has a name", () => {
    const all = resource(aws.securityGroupIngressRule, {
      ipProtocol: "-1",
      cidrIpv4: "0.0.0.0/0",
      securityGroupId: "other-id",
    });
    assert.deepEqual(findings([...stack, all], "violation"), [
      "redis-port-not-public added",
      "security-group-authorized-ports-only added",
      "security-group-restricted-common-ports added",
      "security-group-restricted-ssh added",
    ]);
  });
});
