import { awsTypes } from "../awsTypes";
import { mustBe } from "../judging";
import type { ResourceRule } from "../rule";

export const instanceMetadataV2: ResourceRule = {
  name: "ec2-instance-metadata-v2",
  description: "Instances answer requests for instance metadata with a token only (IMDSv2).",
  control: "instance-metadata",
  hipaa: ["164.308(a)(3)(i)", "164.308(a)(4)(ii)(A)", "164.308(a)(4)(ii)(C)", "164.312(a)(1)"],
  remediation: 'Set metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 }.',
  awsConfig: ["ec2-imdsv2-check"],
  cdkNag: ["EC2IMDSv2Enabled"],
  types: [awsTypes.instance, awsTypes.launchTemplate],
  judge: ({ props }) => mustBe(props, "metadataOptions.httpTokens", "required"),
};
