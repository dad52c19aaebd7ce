import { awsTypes } from "../awsTypes";
import { mustBe } from "../judging";
import { notKnown, valueAt } from "../resource";
import type { ResourceRule } from "../rule";
import { compliant, undecided } from "../verdict";

export const kmsKeyRotation: ResourceRule = {
  name: "kms-key-rotation-enabled",
  description: "KMS keys that encrypt are rotated every year.",
  control: "encrypted-volumes",
  hipaa: ["164.312(a)(2)(iv)"],
  remediation: "Set enableKeyRotation: true.",
  types: [awsTypes.kmsKey],
  judge({ props }) {
    const rotated = mustBe(props, "enableKeyRotation", true);
    const spec = valueAt(props, "customerMasterKeySpec");
    // AWS rotates none that are not symmetric.
    if (spec === undefined || spec === "SYMMETRIC_DEFAULT") return rotated;
    return spec === notKnown && rotated.kind !== "compliant"
      ? undecided("customerMasterKeySpec is not known yet")
      : compliant;
  },
};
