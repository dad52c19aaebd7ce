import assert from "node:assert/strict";
import { appPolicyName } from "../../../src/plan/appRoleNames.js";
import { awsTypes as aws } from "../../../src/policy/awsTypes.js";
import { cacheGrant } from "../../../src/policy/cacheGrant.js";
import { decryptsEverything } from "../../../src/policy/decryptsEverything.js";
import { attaches, isAttachment, typesThatAttach } from "../../../src/policy/managedPolicies.js";
import { notKnown } from "../../../src/policy/resource.js";
import { resource } from "./stack.js";
import { madeBy, said } from "./verdicts.js";

const policy = (Action: unknown, Resource: unknown): object => ({
  policy: { Statement: [{ Effect: "Allow", Action, Resource }] },
});
const arn = "arn:aws:kms:us-east-1:000000000000:key/1";

describe("a policy that may grant an action on what is a cache's", () => {
  const reason = "opens the key";
  const target = (value: unknown) => resource(aws.kmsKey, { arn: value }, { name: "key" });
  const told = (action: unknown, on: unknown, everything: boolean, ...arns: unknown[]): string =>
    said(
      cacheGrant(resource(aws.policy, { ...policy(action, on) }), arns.map(target), {
        actions: ["kms:Decrypt", "kms:CreateGrant"],
        reason,
        everything,
      }),
    );
  const open = "open: the ARN of what belongs to the cache is not known yet";
  const wrong = `wrong: ${reason}`;

  for (const [action, on, everything, expected] of [
    ["kms:Decrypt", arn, false, wrong],
    ["KMS:D*", arn, false, wrong],
    [["s3:Get", "kms:decrypt"], ["other", arn], false, wrong],
    ["kms:Decrypt", "arn:aws:kms:*", false, wrong],
    ["kms:Decrypt", "arn:aws:kms:us-east-1:000000000000:key/?", false, wrong],
    ["kms:Encrypt", arn, false, "compliant"],
    ["*", arn, false, "compliant"],
    [["*", "kms:Decrypt"], arn, false, wrong],
    ["kms:Decrypt", `${arn}0`, false, "compliant"],
    ["kms:Decrypt", "arn:aws:s3:*", false, "compliant"],
    ["kms:Decrypt", "*", true, wrong],
    ["kms:Decrypt", "**", true, wrong],
    ["kms:Decrypt", "*", false, "compliant"],
    ["kms:Decrypt", "**", false, "compliant"],
    ["kms:Decrypt", ["*", arn], false, wrong],
  ] as const) {
    it(`is judged "${expected}" with ${String(action)} on ${String(on)}${everything ? ", * included" : ""}`, () => {
      assert.equal(told(action, on, everything, "arn:other", arn), expected);
    });
  }

  it("is open where it is broad and an ARN isn't known yet", () => {
    assert.equal(told("kms:Decrypt", "arn:aws:kms:*", false, notKnown), open);
    assert.equal(told("kms:Decrypt", "arn:aws:kms:?", false, notKnown), open);
    assert.equal(told("kms:Decrypt", "arn:aws:kms:*", false, arn, notKnown), wrong);
    assert.equal(told("kms:Decrypt", "arn:other:*", false, arn, notKnown), open);
    assert.equal(told("kms:Decrypt", `${arn}0`, false, notKnown), "compliant");
    assert.equal(told("kms:Decrypt", "*", false, notKnown), "compliant");
    assert.equal(told("kms:Decrypt", "*", true, notKnown), wrong);
    assert.equal(told("kms:Encrypt", "arn:*", false, notKnown), "compliant");
  });

  it("is nobody's matter without a cache, or of this library's own", () => {
    assert.equal(told("kms:Decrypt", "*", true), "compliant");
    const own = madeBy("HipaaRedisClient", aws.rolePolicy, { ...policy("kms:Decrypt", arn) });
    const grant = { actions: ["kms:Decrypt"], reason, everything: true };
    assert.equal(said(cacheGrant(own, [target(arn)], grant)), "compliant");
  });

  it("is the caller's matter in an application's role, which a component has made of the caller's policies", () => {
    const name = appPolicyName("web", "uploads");
    const given = madeBy("HipaaRedisClient", aws.rolePolicy, { ...policy("kms:Decrypt", arn) }, name);
    const grant = { actions: ["kms:Decrypt"], reason, everything: true };
    assert.equal(said(cacheGrant(given, [target(arn)], grant)), wrong);
    assert.equal(said(cacheGrant(given, [target(`${arn}0`)], grant)), "compliant");
  });
});

describe("a policy that decrypts with every key", () => {
  const told = (action: unknown, on: unknown): string =>
    said(decryptsEverything(resource(aws.policy, { ...policy(action, on) })));
  const wrong = "wrong: allows decryption with every KMS key";
  const every = ["*", "**", "arn:aws:kms:us-east-1:1:*", "arn:aws:kms:*:*:key/*", "arn:*:kms:*:*:*"];
  const some = [arn, "arn:aws:kms:us-east-1:1:alias/*", "arn:aws:s3:::*", "x*", "arn:aws:kms:us-east-1:*", ""];
  const all = [
    "kms:*",
    "kms:Decrypt",
    "KMS:DECRYPT",
    "kms:D*",
    "kms:De*",
    "kms:ReEncryptFrom",
    "kms:ReEncrypt*",
    "kms:R*",
  ];
  const few = ["kms:Encrypt", "kms:Describe", "kms:DecryptX", "*", "xkms:Decrypt", "kms:E*", "kms:Retire"];

  it("may name them by any of IAM's patterns", () => {
    for (const on of every) assert.equal(told("kms:Decrypt", on), wrong, on);
    for (const on of some) assert.equal(told("kms:Decrypt", on), "compliant", on);
    assert.equal(told("kms:Decrypt", [arn, "*"]), wrong);
  });

  it("may name the action by any of IAM's patterns", () => {
    for (const action of all) assert.equal(told(action, "*"), wrong, action);
    for (const action of few) assert.equal(told(action, "*"), "compliant", action);
    assert.equal(told(["s3:Get", "kms:Decrypt"], "*"), wrong);
  });
});

describe("what attaches a policy that stands by itself", () => {
  it("are these types", () => {
    const all = [
      aws.rolePolicyAttachment,
      aws.groupPolicyAttachment,
      aws.policyAttachment,
      aws.userPolicyAttachment,
      aws.rolePolicyAttachmentsExclusive,
      aws.groupPolicyAttachmentsExclusive,
      aws.userPolicyAttachmentsExclusive,
      aws.ssoManagedPolicyAttachment,
    ];
    assert.deepEqual(typesThatAttach, all);
    for (const type of Object.values(aws)) {
      assert.equal(
        isAttachment(resource(type, {})),
        all.some((one) => one === type),
        type,
      );
    }
  });

  for (const [policyArn, expected] of [
    ["arn:aws:iam::aws:policy/Two", "wrong: grants too much"],
    ["arn:aws-us-gov:iam::aws:policy/One", "wrong: grants too much"],
    ["arn:aws:iam::aws:policy/OneMore", "compliant"],
    ["arn:aws:iam::111111111111:policy/One", "compliant"],
    ["arn:aws:iam::aws:policy/job-function/One", "compliant"],
    [undefined, "compliant"],
    [5, "compliant"],
    [notKnown, "open: policyArn is not known yet"],
  ] as const) {
    it(`is judged "${expected}" with ${String(policyArn)}`, () => {
      const attachment = resource(aws.rolePolicyAttachment, { policyArn });
      assert.equal(said(attaches(attachment, ["One", "Two"], "grants too much")), expected);
    });
  }

  for (const [property, type] of [
    ["policyArns", aws.rolePolicyAttachmentsExclusive],
    ["managedPolicyArns", aws.role],
  ] as const) {
    it(`is judged by each member of ${property}`, () => {
      const judged = (...arns: unknown[]): string =>
        said(attaches(resource(type, { [property]: arns }), ["One"], "grants too much"));
      assert.equal(judged("arn:aws:iam::aws:policy/Two", "arn:aws:iam::aws:policy/One"), "wrong: grants too much");
      assert.equal(judged("arn:aws:iam::aws:policy/Two", notKnown), `open: a member of ${property} is not known yet`);
      assert.equal(judged("arn:aws:iam::aws:policy/Two"), "compliant");
    });
  }
});
