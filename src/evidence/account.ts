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

/** The account of a record of the target `aws`, out of where its commands ran; none where no account has answered. */
export function accountIn(host: string): string | undefined {
  return host.split(" ").find((word) => /^\d{12}$/.test(word));
}

/** What LocalStack and moto call their account. */
const emulations = "000000000000";

/**
 * Whether an address is one where AWS's own STS answers (AWS General Reference, "AWS STS endpoints and quotas"): the global one, those of
 * regions, and VPC endpoints. Under the same domains there are names of what customers run, such as EC2's.
 */
export function isOfAws(endpoint: string): boolean {
  return stsNames.some((name) => name.test(endpoint));
}

const stsNames = [
  /^https:\/\/sts\.amazonaws\.com$/,
  /^https:\/\/sts(-fips)?\.[a-z]+(-[a-z]+)+-\d+\.(amazonaws\.com(\.cn)?|amazonaws\.eu|api\.aws)$/,
  /^https:\/\/vpce-[0-9a-z-]+\.sts(-fips)?\.[a-z]+(-[a-z]+)+-\d+\.vpce\.(amazonaws\.com(\.cn)?|amazonaws\.eu)$/,
];
