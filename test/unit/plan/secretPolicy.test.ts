import assert from "node:assert/strict";
import { accountOf, hostRolePath, keyStatements, secretPolicy } from "../../../src/plan/secretPolicy.js";

const here = accountOf("arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:web-AbCdEf");
const root = "arn:aws-us-gov:iam::123456789012:root";
const administrator = "arn:aws-us-gov:iam::123456789012:role/deployer";

function deny(actions: readonly string[], principals: readonly string[], more: object = {}): object {
  return {
    Effect: "Deny",
    Principal: { AWS: "*" },
    Action: actions,
    Resource: "*",
    Condition: { ArnNotLike: { "aws:PrincipalArn": principals }, ...more },
  };
}

describe("the policies of secrets and of their key", () => {
  it("know the roles of hosts by their path, those of all hosts, and of one", () => {
    assert.equal(hostRolePath("sessions"), "/hipaa-redis/sessions/");
    assert.equal(
      hostRolePath("sessions", { kind: "cache", name: "sessions-0" }),
      "/hipaa-redis/sessions/node/sessions-0/",
    );
    assert.equal(hostRolePath("sessions", { kind: "client", name: "web" }), "/hipaa-redis/sessions/client/web/");
  });

  it("deny a secret to all but its host, the account's root user and the administrators, who alone change it", () => {
    const policy = secretPolicy(here, hostRolePath("sessions", { kind: "client", name: "web" }), [administrator]);
    assert.deepEqual(policy, {
      Version: "2012-10-17",
      Statement: [
        deny(
          ["secretsmanager:GetSecretValue"],
          ["arn:aws-us-gov:iam::123456789012:role/hipaa-redis/sessions/client/web/*", root, administrator],
        ),
        deny(
          [
            "secretsmanager:CancelRotateSecret",
            "secretsmanager:DeleteResourcePolicy",
            "secretsmanager:DeleteSecret",
            "secretsmanager:PutResourcePolicy",
            "secretsmanager:PutSecretValue",
            "secretsmanager:RemoveRegionsFromReplication",
            "secretsmanager:ReplicateSecretToRegions",
            "secretsmanager:RotateSecret",
            "secretsmanager:StopReplicationToReplica",
            "secretsmanager:UpdateSecret",
            "secretsmanager:UpdateSecretVersionStage",
          ],
          [root, administrator],
        ),
      ],
    });
  });

  it("are empty for a secret without administrators, which takes one away that was there", () => {
    assert.deepEqual(secretPolicy(here, hostRolePath("sessions", { kind: "client", name: "web" }), []), {});
  });

  it("leave the key to the account's IAM, and with administrators deny what Secrets Manager decrypts for others", () => {
    const key = { ...here, cache: "sessions", region: "us-gov-west-1" };
    const account = { Effect: "Allow", Principal: { AWS: root }, Action: "kms:*", Resource: "*" };
    assert.deepEqual(keyStatements(key), [account]);
    assert.deepEqual(keyStatements(key, [administrator]), [
      account,
      deny(["kms:Decrypt"], ["arn:aws-us-gov:iam::123456789012:role/hipaa-redis/sessions/*", root, administrator], {
        StringEquals: { "kms:ViaService": "secretsmanager.us-gov-west-1.amazonaws.com" },
      }),
      deny(["kms:PutKeyPolicy"], [root, administrator]),
    ]);
  });
});
