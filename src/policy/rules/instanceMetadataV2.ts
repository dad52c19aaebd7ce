import { awsTypes } from "../awsTypes";
import { metadataOptions } from "../../plan/instance";
import { worst } from "../verdict";
import { mustBe } from "../judging";
import type { ResourceRule } from "../rule";

export const instanceMetadataV2: ResourceRule = {
  name: "ec2-instance-metadata-v2",
  description:
    "Instances answer requests for instance metadata with a token only (IMDSv2), which gets no further than the instance itself.",
  control: "instance-metadata",
  hipaa: ["164.312(a)(1)"],
  remediation: 'Set metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 }.',
  awsConfig: ["ec2-imdsv2-check"],
  cdkNag: ["EC2IMDSv2Enabled"],
  types: [awsTypes.instance, awsTypes.launchTemplate],
  // Where the limit is left out, the image or the account may say 2, which a container is reached with.
  judge: ({ props }) =>
    worst(
      (["httpTokens", "httpPutResponseHopLimit"] as const).map((name) =>
        mustBe(props, `metadataOptions.${name}`, metadataOptions[name]),
      ),
    ),
};
