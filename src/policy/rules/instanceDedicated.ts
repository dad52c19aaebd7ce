import { awsTypes } from "../awsTypes";
import { judgeValue } from "../judging";
import type { ResourceRule } from "../rule";

export const instanceDedicated: ResourceRule = {
  name: "ec2-instance-dedicated",
  description: "Instances share their hardware with no other AWS customer.",
  control: "dedicated-tenancy",
  hipaa: ["164.312(a)(1)"],
  remediation: 'Set tenancy: "dedicated" (or "host").',
  note: "The article's own demand; the cache's nodes have it unless `allowSharedTenancy` is set.",
  types: [awsTypes.instance, awsTypes.launchTemplate],
  judge: ({ type, props }) =>
    judgeValue(props, type === awsTypes.instance ? "tenancy" : "placement.tenancy", (tenancy) =>
      tenancy === "dedicated" || tenancy === "host" ? undefined : "may run on shared hardware",
    ),
};
