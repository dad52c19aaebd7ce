import { awsTypes } from "../awsTypes";
import { mustBeGiven } from "../judging";
import type { ResourceRule } from "../rule";

export const instanceProfileAttached: ResourceRule = {
  name: "ec2-instance-profile-attached",
  description: "Instances act on AWS with a role of their own.",
  control: "least-privilege",
  hipaa: ["164.308(a)(4)(ii)(B)", "164.312(a)(1)"],
  remediation: "Give it an iamInstanceProfile: an app host takes instanceProfileName of its HipaaRedisClient.",
  awsConfig: ["ec2-instance-profile-attached"],
  cdkNag: ["EC2InstanceProfileAttached"],
  types: [awsTypes.instance],
  judge: ({ props }) => mustBeGiven(props, "iamInstanceProfile"),
};
