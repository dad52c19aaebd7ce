import { awsTypes } from "../awsTypes";
import { mustBe } from "../judging";
import type { ResourceRule } from "../rule";

export const instanceDetailedMonitoring: ResourceRule = {
  name: "ec2-instance-detailed-monitoring",
  description: "Instances report their metrics every minute.",
  control: "limits",
  hipaa: ["164.312(b)"],
  remediation: "Set monitoring: true.",
  cdkNag: ["EC2InstanceDetailedMonitoringEnabled"],
  types: [awsTypes.instance],
  judge: ({ props }) => mustBe(props, "monitoring", true),
};
