import assert from "node:assert/strict";
import { awsTypes as aws } from "../../../src/policy/awsTypes.js";
import { notKnown, type StackResource } from "../../../src/policy/resource.js";
import {
  allowsAction,
  judgeStatements,
  matches,
  typesWithCustomerPolicy,
  typesWithInlinePolicy,
} from "../../../src/policy/statements.js";
import { compliant, violation } from "../../../src/policy/verdict.js";
import { resource } from "./stack.js";
import { said } from "./verdicts.js";

/** Each statement that allows something, as `actions on resources`, or why there is nothing to read. */
function read(policy: StackResource): string[] {
  const found: string[] = [];
  const verdict = judgeStatements(policy, ({ actions, resources }) => {
    found.push(`${actions.join()} on ${resources.join()}`);
    return compliant;
  });
  return verdict.kind === "compliant" ? found : [said(verdict)];
}
const ofDocument = (policy: unknown): string[] => read(resource(aws.policy, { policy }));
const ofStatement = (Statement: unknown): string[] => ofDocument(JSON.stringify({ Statement }));

describe("the types of resource that hold a policy", () => {
  it("are two that stand by themselves, and four inside something", () => {
    assert.deepEqual(typesWithCustomerPolicy, [aws.policy, aws.ssoPermissionSetInlinePolicy]);
    assert.deepEqual(typesWithInlinePolicy, [aws.rolePolicy, aws.userPolicy, aws.groupPolicy, aws.role]);
  });
});

describe("the statements of a policy", () => {
  const Effect = "Allow";
  const one = { Effect, Action: "a:B", Resource: "r" };
  for (const [what, statement, expected] of [
    ["one by itself", one, ["a:B on r"]],
    ["several", [one, { ...one, Action: ["c:D", "e:F"], Resource: ["r", "s"] }], ["a:B on r", "c:D,e:F on r,s"]],
    ["none", [], []],
    ["one that denies", [{ ...one, Effect: "Deny" }], []],
    ["one without an effect", [{ Action: "a:B", Resource: "r" }], []],
    ["all actions but some", { Effect, NotAction: "a:B", Resource: "r" }, ["* on r"]],
    ["all resources but some", { Effect, Action: "a:B", NotResource: "r" }, ["a:B on *"]],
    ["an action that is no text", { Effect, Action: [5, "a:B"], Resource: "r" }, ["*,a:B on r"]],
  ] as const) {
    it(`are read: ${what}`, () => {
      assert.deepEqual(ofStatement(statement), expected);
      assert.deepEqual(ofDocument({ Statement: statement }), expected);
    });
  }

  const noDocument = ["open: policy is not a policy document"];
  const partly = ["open: a part of a statement is not known yet"];
  for (const [what, policy, expected] of [
    ["is no JSON", "{", noDocument],
    ["is JSON, but no object", "5", noDocument],
    ["is null", "null", noDocument],
    ["is missing", undefined, noDocument],
    ["is a number", 5, noDocument],
    ["has no statement", "{}", []],
    ["is not known yet", notKnown, ["open: policy is not known yet"]],
    ["has statements that are not known yet", { Statement: notKnown }, partly],
    ["has a statement that is not known yet", { Statement: [one, notKnown] }, partly],
    ["has an effect to come", { Statement: { ...one, Effect: notKnown } }, partly],
    ["has an action to come", { Statement: { ...one, Action: notKnown } }, partly],
    ["has an action among others to come", { Statement: { ...one, Action: ["a:B", notKnown] } }, partly],
    ["has a resource to come", { Statement: { ...one, Resource: [notKnown] } }, partly],
    ["has all but one action to come", { Statement: { Effect, NotAction: notKnown, Resource: "r" } }, ["* on r"]],
  ] as const) {
    it(`are ${expected.join() || "none"} where it ${what}`, () => {
      assert.deepEqual(ofDocument(policy), expected);
    });
  }

  it("are those of every policy inside a role", () => {
    const inside = (inlinePolicies: unknown): string[] => read(resource(aws.role, { inlinePolicies, policy: "x" }));
    const policy = JSON.stringify({ Statement: one });
    assert.deepEqual(inside([{ name: "a", policy }, { name: "b" }, { policy }]), ["a:B on r", "a:B on r"]);
    assert.deepEqual(inside(undefined), []);
    assert.deepEqual(inside(notKnown), ["open: policy is not known yet"]);
    assert.deepEqual(inside([{ policy }, notKnown]), ["open: policy is not known yet"]);
    assert.deepEqual(inside([{ policy: notKnown }]), ["open: policy is not known yet"]);
  });

  it("are those of the policy for everything else, whatever is called inside there", () => {
    for (const type of [aws.policy, aws.rolePolicy, aws.userPolicy, aws.groupPolicy]) {
      const props = { policy: JSON.stringify({ Statement: one }), inlinePolicies: [{ policy: "{" }] };
      assert.deepEqual(read(resource(type, props)), ["a:B on r"]);
    }
  });

  it("are judged by what is known of them, and open otherwise", () => {
    const bad = (Action: unknown, Resource: unknown = "r", ...more: unknown[]): string =>
      said(
        judgeStatements(
          resource(aws.policy, { policy: { Statement: [{ Effect, Action, Resource }, ...more] } }),
          ({ actions, resources }) =>
            actions.includes("bad") && resources.includes("r") ? violation("is bad") : compliant,
        ),
      );
    assert.equal(bad(["bad", notKnown]), "wrong: is bad");
    assert.equal(bad("bad", ["r", notKnown]), "wrong: is bad");
    assert.equal(bad("bad", "r", notKnown), "wrong: is bad");
    for (const [action, on] of [[["good", notKnown]], ["bad", ["s", notKnown]], [notKnown]] as const)
      assert.deepEqual([bad(action, on)], partly);
    assert.equal(bad("good", "r"), "compliant");
  });

  it("are judged at their worst", () => {
    const policy = JSON.stringify({ Statement: [one, { ...one, Action: "bad" }] });
    const verdict = judgeStatements(resource(aws.policy, { policy }), ({ actions }) =>
      actions.includes("bad") ? violation("is bad") : compliant,
    );
    assert.equal(said(verdict), "wrong: is bad");
  });
});

describe("IAM's patterns", () => {
  for (const [pattern, text, answer] of [
    ["a:b", "a:b", true],
    ["a:b", "a:bc", false],
    ["a:b", "xa:b", false],
    ["a:*", "a:bc", true],
    ["*", "", true],
    ["a*c", "a\nc", true],
    ["a?c", "abc", true],
    ["a?c", "ac", false],
    ["a?c", "abbc", false],
    ["a*b*c", "axxbxxc", true],
    ["a.c", "abc", false],
    ["a+", "aa", false],
    ["(a)[b]{1}|^$\\", "(a)[b]{1}|^$\\", true],
    ["a:B", "a:b", false],
  ] as const) {
    it(`${pattern} ${answer ? "is" : "is not"} ${JSON.stringify(text)}`, () => {
      assert.equal(matches(pattern, text), answer);
    });
  }

  it("compare actions, and only them, without regard to case", () => {
    assert.equal(allowsAction("KMS:de*", "kms:Decrypt"), true);
    assert.equal(allowsAction("kms:Encrypt", "kms:Decrypt"), false);
  });
});
