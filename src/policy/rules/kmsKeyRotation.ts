import { awsTypes } from "../awsTypes";
import { mustBe } from "../judging";
import { valueAt } from "../resource";
import type { ResourceRule } from "../rule";
import { compliant } from "../verdict";

export const kmsKeyRotation: ResourceRule = {
  name: "kms-key-rotation-enabled",
  description: "KMS keys that encrypt are rotated every year.",
  control: "encrypted-volumes",
  hipaa: ["164.312(a)(2)(iv)", "164.312(e)(2)(ii)"],
  remediation: "Set enableKeyRotation: true.",
  types: [awsTypes.kmsKey],
  judge: ({ props }) => (isSymmetric(props) ? mustBe(props, "enableKeyRotation", true) : compliant),
};

/** AWS rotates no others. */
function isSymmetric(props: unknown): boolean {
  const spec = valueAt(props, "customerMasterKeySpec");
  return typeof spec !== "string" || spec === "SYMMETRIC_DEFAULT";
}
