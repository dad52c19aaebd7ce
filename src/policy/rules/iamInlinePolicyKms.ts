import type { ResourceRule } from "../rule";
import { decryptsEverything } from "../decryptsEverything";
import { typesWithInlinePolicy } from "../statements";

export const iamInlinePolicyKms: ResourceRule = {
  name: "iam-inline-policy-blocked-kms-actions",
  description: "No policy inside a role, user or group allows decryption with every KMS key.",
  control: "least-privilege",
  hipaa: ["164.308(a)(3)(i)", "164.308(a)(4)(i)", "164.308(a)(4)(ii)(B)", "164.312(a)(1)"],
  remediation: "Name the keys by ARN.",
  awsConfig: ["iam-inline-policy-blocked-kms-actions"],
  types: typesWithInlinePolicy,
  judge: decryptsEverything,
};
