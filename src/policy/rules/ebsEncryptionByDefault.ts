import { awsTypes } from "../awsTypes";
import { judgeValue } from "../judging";
import type { ResourceRule } from "../rule";

export const ebsEncryptionByDefault: ResourceRule = {
  name: "ebs-encryption-by-default",
  description: "The account's encryption of new volumes is not switched off.",
  control: "encrypted-volumes",
  hipaa: ["164.312(a)(2)(iv)"],
  remediation: "Leave enabled out, or set it to true.",
  awsConfig: ["ec2-ebs-encryption-by-default"],
  note: "A program that says nothing about the account's setting is not judged: `ebs-volumes-encrypted` judges each volume.",
  types: [awsTypes.ebsEncryptionByDefault],
  judge: ({ props }) =>
    judgeValue(props, "enabled", (value) => (value === false ? "switches encryption by default off" : undefined)),
};
