import type { Finding } from "../../lab/judges/awsJudges.js";
import type { Registered } from "../component/mocks.js";

/** A wrong value in what a program registers, and who has to find it. */
interface Fault {
  readonly text: string;
  readonly instead: string;
  readonly found: readonly {
    readonly judge: Finding["judge"];
    readonly rule: string;
    /** Of what `placeOf` says, behind the program. */
    readonly at: RegExp;
  }[];
}

export const faults: readonly Fault[] = [
  {
    text: '"httpTokens":"required"',
    instead: '"httpTokens":"optional-ish"',
    found: [{ judge: "cfn-lint", rule: "E3030", at: /^InstanceLedger0\.Properties\.MetadataOptions\.HttpTokens$/ }],
  },
  {
    text: '"cidrBlock":"10.0.0.0/16"',
    instead: '"cidrBlock":"10.0.0.0/33"',
    found: [{ judge: "cfn-lint", rule: "E3002", at: /^VpcOffice\.Properties\.CidrBlock$/ }],
  },
  {
    text: '"retentionInDays":2192',
    instead: '"retentionInDays":2191',
    found: [{ judge: "cfn-lint", rule: "E3030", at: /^LogGroupOfficeFlowLog\.Properties\.RetentionInDays$/ }],
  },
  {
    text: "secretsmanager:GetSecretValue",
    instead: "secretsmanager:GetSecretValu",
    found: [
      { judge: "cfn-lint", rule: "W3037", at: /^RolePolicyLedger0\.Properties\.PolicyDocument\./ },
      { judge: "parliament", rule: "UNKNOWN_ACTION", at: /^RolePolicyLedger0 policy$/ },
      { judge: "parliament", rule: "UNKNOWN_ACTION", at: /^SecretLedger0Server policy$/ },
    ],
  },
  {
    text: "kms:ViaService",
    instead: "kms:ViaServic",
    found: [
      { judge: "parliament", rule: "UNKNOWN_CONDITION_FOR_ACTION", at: /^RolePolicyLedger0 policy$/ },
      { judge: "parliament", rule: "UNKNOWN_CONDITION_FOR_ACTION", at: /^KeyLedger policy$/ },
    ],
  },
  {
    text: "sts:AssumeRole",
    instead: "sts:AssumeRol",
    found: [
      { judge: "cfn-lint", rule: "W3037", at: /^RoleLedger0\.Properties\.AssumeRolePolicyDocument\./ },
      { judge: "parliament", rule: "UNKNOWN_ACTION", at: /^RoleLedger0 assumeRolePolicy$/ },
    ],
  },
];

/** The same resources with all faults in them. */
export function faulty(resources: readonly Registered[]): readonly Registered[] {
  const text = faults.reduce((before, { text: right, instead }) => {
    if (!before.includes(right)) throw new Error(`No resource has ${right} any more.`);
    return before.replaceAll(right, instead);
  }, JSON.stringify(resources));
  return JSON.parse(text) as readonly Registered[];
}
