import type { ResourceRule } from "../rule";
import { decryptsEverything } from "../decryptsEverything";
import { typesWithCustomerPolicy } from "../statements";

export const iamCustomerPolicyKms: ResourceRule = {
  name: "iam-customer-policy-blocked-kms-actions",
  description: "No managed policy allows decryption with every KMS key.",
  control: "least-privilege",
  hipaa: ["164.308(a)(3)(i)", "164.308(a)(4)(i)", "164.308(a)(4)(ii)(B)", "164.312(a)(1)"],
  remediation: "Name the keys by ARN.",
  awsConfig: ["iam-customer-policy-blocked-kms-actions"],
  types: typesWithCustomerPolicy,
  judge: decryptsEverything,
};
