import { awsTypes } from "../awsTypes";
import { judgeValue } from "../judging";
import type { ResourceRule } from "../rule";

export const secretUsesKmsKey: ResourceRule = {
  name: "secret-uses-customer-managed-key",
  description: "Secrets are encrypted with a KMS key of your own.",
  control: "least-privilege",
  hipaa: ["164.312(a)(2)(iv)"],
  remediation: "Set kmsKeyId.",
  awsConfig: ["secretsmanager-using-cmk"],
  cdkNag: ["SecretsManagerUsingKMSKey"],
  types: [awsTypes.secret],
  judge: ({ props }) =>
    judgeValue(props, "kmsKeyId", (key) =>
      key === undefined || key === "" || (typeof key === "string" && key.endsWith("alias/aws/secretsmanager"))
        ? "is encrypted with AWS's key, which the whole account may use"
        : undefined,
    ),
};
