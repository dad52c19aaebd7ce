import type { Finding } from "../../lab/judges/awsJudges.js";

/** Why a finding is none of ours to mend. */
interface Answer {
  readonly judge: Finding["judge"];
  readonly rule: string;
  /** Of what `placeOf` says. */
  readonly at: RegExp;
  readonly says?: RegExp;
  readonly because: string;
}

/** The program, the resource, and where in it; for a policy the input. */
export function placeOf({ subject, path }: Finding): string {
  return path.length === 0 ? subject : `${subject}: ${path.slice(1).join(".")}`;
}

export const answers: readonly Answer[] = [
  {
    judge: "cfn-lint",
    rule: "W3010",
    at: /: Subnet\w+\.Properties\.AvailabilityZone$/,
    because: "A template is for any region. A program names its zones: they decide how many resources there are.",
  },
  {
    judge: "parliament",
    rule: "RESOURCE_STAR",
    at: /: Key\w+ policy$/,
    because: '"*" in a key\'s policy is the key (KMS Developer Guide, "Key policies").',
  },
  {
    judge: "parliament",
    rule: "MISMATCHED_TYPE",
    at: /: Key\w+FlowLog policy$/,
    says: /ArnLike requires a value of type Arn but given String/,
    because:
      "The context of CloudWatch Logs is a log group's ARN, and its guide compares it as one (\"Encrypt log data in " +
      'CloudWatch Logs using AWS KMS"). parliament knows that a context is a text.',
  },
  {
    judge: "parliament",
    rule: "UNKNOWN_CONDITION_FOR_ACTION",
    at: /: Key\w+FlowLog policy$/,
    says: /kms:EncryptionContext:aws:logs:arn for action kms:DescribeKey/,
    because: "That guide names the action in the same statement. It has no context, so that nothing is granted by it.",
  },
  {
    judge: "parliament",
    rule: "UNKNOWN_ACTION",
    at: /^documents: actions$/,
    says: /^Unknown action kms:GetKeyLastUsage$/,
    because: "parliament's lists are of April 2025, and this action is newer. cfn-lint's lists have it.",
  },
];

export function isAnswered(finding: Finding): boolean {
  return answers.some((answer) => fits(answer, finding));
}

export function fits({ judge, rule, at, says = /^/ }: Answer, finding: Finding): boolean {
  return judge === finding.judge && rule === finding.rule && at.test(placeOf(finding)) && says.test(finding.message);
}
