import { awsTypes } from "../awsTypes";
import { ofTypes, someMust } from "../judging";
import { refersTo } from "../reference";
import { isMadeByThisLibrary } from "../resource";
import type { StackRule } from "../rule";
import { compliant } from "../verdict";

export const secretRotationEnabled: StackRule = {
  name: "secret-rotation-enabled",
  description: "Each secret is rotated on a schedule.",
  control: "client-passwords",
  hipaa: ["164.308(a)(5)(ii)(D)"],
  remediation: "Add an aws.secretsmanager.SecretRotation.",
  awsConfig: ["secretsmanager-rotation-enabled-check"],
  cdkNag: ["SecretsManagerRotationEnabled"],
  note:
    "A cache's own secrets are rotated by `pulumi up`, whose schedule is yours, since nobody else may hold the " +
    "authority's key (docs/rotation.md).",
  types: [awsTypes.secret],
  judgeInStack: (secret, stack) =>
    isMadeByThisLibrary(secret)
      ? compliant
      : someMust(
          ofTypes(stack, [awsTypes.secretRotation]).map((rotation) => refersTo(rotation, "secretId", [secret])),
          "is not rotated",
        ),
};
