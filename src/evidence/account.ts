import { accountOf } from "../plan/secretPolicy";
import type { Evidence } from "./evidence";

/** An AWS account, or what stands in for one. */
export interface AwsAccount {
  /** Its number, of 12 digits. */
  readonly id: string;
  /** Whether it is none of AWS's, but an emulation's, such as LocalStack's: what is seen there shows nothing of AWS. */
  readonly emulated: boolean;
}

/** The account that a cache was deployed to. */
export function evidenceAccount({ deployed }: Evidence): AwsAccount {
  const { account } = accountOf(deployed.kmsKeyArn);
  return { id: account, emulated: account === emulations };
}

/** What LocalStack and moto call their account. */
const emulations = "000000000000";

/** Whether an address is one where AWS itself answers (AWS General Reference, "AWS service endpoints"). */
export function isOfAws(endpoint: string): boolean {
  return /^https:\/\/[a-z0-9.-]+\.(amazonaws\.com|amazonaws\.com\.cn|amazonaws\.eu|api\.aws)$/.test(endpoint);
}
