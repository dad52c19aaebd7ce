import type { AwsAccount } from "../account";
import type { Coverage, Share } from "../coverage";

/** What was looked at, and what was not: for the report's first page. */
export function coverageInWords(
  { automatic, attestations, nodes, clients, aws, since }: Coverage,
  account: AwsAccount,
  findings: number,
): string {
  const parts = [
    `${ofAll(automatic)} automatic checks`,
    ...(aws ? [] : [account.emulated ? "AWS not looked at (an emulated account)" : "AWS not looked at"]),
    `${ofAll(attestations)} attestations`,
    `${ofAll(nodes)} nodes`,
    `application hosts of ${ofAll(clients)} clients`,
  ].join("; ");
  if (since === undefined) return `designed; nothing verified: ${parts}`;
  const found = findings === 0 ? "no finding in what was looked at" : `controls that are not met: ${findings}`;
  return `${parts}; ${found}; the oldest look is of ${since.slice(0, 10)}`;
}

function ofAll({ seen, of }: Share): string {
  return `${seen} of ${of}`;
}
