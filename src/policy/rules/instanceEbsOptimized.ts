import { awsTypes } from "../awsTypes";
import { judgeValue, mustBe } from "../judging";
import { notKnown, valueAt } from "../resource";
import type { ResourceRule } from "../rule";
import { compliant } from "../verdict";

/** Families of the previous generation that can do it, but don't unless asked (EC2 User Guide, "EBS-optimized instances"). */
const onRequestOnly = /^(c1\.xlarge|[cmr]3\.(x|2x|4x)large|g2\.2xlarge|i2\.(x|2x|4x)large|m1\.x?large|m2\.[24]xlarge)$/;

export const instanceEbsOptimized: ResourceRule = {
  name: "ec2-ebs-optimized-instance",
  description: "Instances have bandwidth of their own to their volumes.",
  control: "limits",
  hipaa: ["164.306(a)(1)"],
  remediation: "Take a type of the current generation, which always has it, or set ebsOptimized: true.",
  cdkNag: ["EC2EBSOptimizedInstance"],
  types: [awsTypes.instance],
  judge({ props }) {
    const type = valueAt(props, "instanceType");
    if (type === notKnown) return judgeValue(props, "instanceType", () => undefined);
    return typeof type === "string" && onRequestOnly.test(type) ? mustBe(props, "ebsOptimized", true) : compliant;
  },
};
