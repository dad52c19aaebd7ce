import assert from "node:assert/strict";
import { awsTypes as aws } from "../../../../src/policy/awsTypes.js";
import { notKnown, type StackResource } from "../../../../src/policy/resource.js";
import { resource } from "../stack.js";
import { judged, madeBy } from "../verdicts.js";

const secretArn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:own";
const keyArn = "arn:aws:kms:us-east-1:000000000000:key/own";
const cache = [
  madeBy("HipaaRedisCache", aws.secret, { id: "secret", arn: secretArn }, "secret"),
  madeBy("HipaaRedisCache", aws.kmsKey, { id: "key", arn: keyArn }, "key"),
];
const managed = (name: string): string => `arn:aws:iam::aws:policy/${name}`;

/** A statement in each form that a policy may have. */
function holders(Action: unknown, Resource: unknown): StackResource[] {
  const policy = JSON.stringify({ Statement: [{ Effect: "Allow", Action, Resource }] });
  const types = [aws.policy, aws.rolePolicy, aws.userPolicy, aws.groupPolicy];
  const inRole = resource(aws.role, { inlinePolicies: [{ name: "x", policy }] });
  return [...types.map((type) => resource(type, { policy })), inRole];
}
const attachments = [
  aws.rolePolicyAttachment,
  aws.groupPolicyAttachment,
  aws.policyAttachment,
  aws.userPolicyAttachment,
];

describe("rules about permissions", () => {
  const rows: [rule: string, action: unknown, on: unknown, expected: string][] = [
    [
      "cache-secret-readers",
      "secretsmanager:GetSecretValue",
      secretArn,
      "wrong: allows reading or changing the secret of a cache",
    ],
    [
      "cache-secret-readers",
      "secretsmanager:GetSecretValue",
      "*",
      "wrong: allows reading or changing the secret of a cache",
    ],
    ["cache-secret-readers", "secretsmanager:GetSecretValue", `${secretArn}x`, "compliant"],
    ["cache-secret-readers", "secretsmanager:DescribeSecret", "*", "compliant"],
    ["cache-secret-readers", "kms:Decrypt", "*", "compliant"],
    ["cache-key-users", "kms:Decrypt", keyArn, "wrong: allows decrypting with the KMS key of a cache"],
    ["cache-key-users", "kms:Decrypt", "*", "compliant"],
    ["cache-key-users", "kms:Decrypt", `${keyArn}x`, "compliant"],
    ["cache-key-users", "kms:Encrypt", keyArn, "compliant"],
    ["iam-policy-no-admin-access", "*", "r", "wrong: allows every action"],
    ["iam-policy-no-admin-access", ["s3:Get", "*:*"], "r", "wrong: allows every action"],
    ["iam-policy-no-admin-access", "**", "r", "wrong: allows every action"],
    ["iam-policy-no-admin-access", ["s3:*", "*x", "x*", "*:x"], "*", "compliant"],
    ["iam-policy-no-full-access", "s3:*", "r", "wrong: allows s3:*"],
    ["iam-policy-no-full-access", ["s3:Get", "resource-groups:**"], "r", "wrong: allows resource-groups:**"],
    ["iam-policy-no-full-access", ["*", "s3:Get*", "s3:*x", ":*"], "*", "compliant"],
  ];
  for (const [rule, action, on, expected] of rows) {
    it(`${rule} says "${expected}" of ${String(action)} on ${String(on)}, wherever it stands`, () => {
      for (const one of holders(action, on)) assert.equal(judged(rule, one, cache), expected, one.type);
    });
  }

  const decrypt = "wrong: allows decryption with every KMS key";
  for (const [rule, types] of [
    ["iam-customer-policy-blocked-kms-actions", [aws.policy]],
    ["iam-inline-policy-blocked-kms-actions", [aws.rolePolicy, aws.userPolicy, aws.groupPolicy, aws.role]],
  ] as [string, string[]][]) {
    it(`${rule} says "${decrypt}" of kms:Decrypt on *, in its own kinds of policy`, () => {
      for (const type of types) {
        const held = (on: string): StackResource =>
          holders("kms:Decrypt", on).find((one) => one.type === type) ?? assert.fail(type);
        assert.deepEqual([judged(rule, held("*")), judged(rule, held(keyArn))], [decrypt, "compliant"]);
      }
    });
  }

  const byRule = {
    "cache-secret-readers": [
      "wrong: attaches an AWS managed policy that allows reading or changing the secret of a cache",
      "SecretsManagerReadWrite",
      "PowerUserAccess",
    ],
    "iam-policy-no-admin-access": ["wrong: allows every action", "AdministratorAccess"],
  };
  for (const [rule, [wrong, ...names]] of Object.entries(byRule)) {
    it(`${rule} knows ${names.join(" and ")} by name, and cannot tell of one to come`, () => {
      for (const type of attachments) {
        const of = (policyArn: unknown, others = cache): string => judged(rule, resource(type, { policyArn }), others);
        for (const name of names) assert.equal(of(managed(name)), wrong);
        assert.equal(of(managed("ReadOnlyAccess")), "compliant");
        assert.equal(of(notKnown), "open: policyArn is not known yet");
      }
    });
  }

  for (const rule of ["cache-secret-readers", "cache-key-users", "cache-role-alone"]) {
    it(`${rule} leaves open a role's list that comes from elsewhere, not one that the cloud fills in`, () => {
      const elsewhere = resource("pulumi:pulumi:StackReference", {}, { name: "stack" });
      const role = (property: string, from: StackResource[]): string =>
        judged(rule, resource(aws.role, { [property]: notKnown }, { madeFrom: { [property]: from } }), [
          ...cache,
          madeBy("HipaaRedisCache", aws.role, { id: "role", arn: "role-arn" }, "role"),
        ]);
      assert.equal(role("inlinePolicies", [elsewhere]), "open: policy is not known yet");
      for (const property of ["inlinePolicies", "managedPolicyArns"])
        assert.equal(role(property, []), "compliant", property);
    });
  }

  it("cache-secret-readers leaves open managed policies of a role that come from elsewhere", () => {
    const elsewhere = resource("pulumi:pulumi:StackReference", {}, { name: "stack" });
    const madeFrom = { managedPolicyArns: [elsewhere] };
    const role = resource(aws.role, { managedPolicyArns: notKnown }, { madeFrom });
    assert.equal(judged("cache-secret-readers", role, cache), "open: managedPolicyArns is not known yet");
  });

  it("leave to the caches' rules nothing where there is no cache", () => {
    const attached = resource(aws.rolePolicyAttachment, { policyArn: managed("PowerUserAccess") });
    for (const one of [...holders("secretsmanager:GetSecretValue", "*"), attached]) {
      assert.equal(judged("cache-secret-readers", one), "compliant");
    }
    for (const one of holders("kms:Decrypt", keyArn)) assert.equal(judged("cache-key-users", one), "compliant");
  });

  it("cannot tell of a policy to come", () => {
    for (const rule of ["cache-secret-readers", "cache-key-users", "iam-policy-no-admin-access"]) {
      const one = resource(aws.policy, { policy: notKnown });
      assert.equal(judged(rule, one, cache), "open: policy is not known yet");
    }
  });
});
