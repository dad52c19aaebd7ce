import type { AwsAccount } from "../account";
import type { Coverage, NamedShare, Share } from "../coverage";

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
    `${ofAll(nodes)} nodes${others(nodes)}`,
    `application hosts of ${ofAll(clients)} clients${others(clients)}`,
  ].join("; ");
  const found = findings === 0 ? "no finding in what was looked at" : `controls that are not met: ${findings}`;
  if (since !== undefined) return `${parts}; ${found}; the oldest look is of ${since.slice(0, 10)}`;
  // A host that is no part of the cache may have findings all the same.
  return findings === 0 ? `designed; nothing verified: ${parts}` : `${parts}; ${found}`;
}

function ofAll({ seen, of }: Share): string {
  return `${seen} of ${of}`;
}

/** Which were left out, where some were not. */
function others({ seen, unseen }: NamedShare): string {
  return seen === 0 || unseen.length === 0 ? "" : ` (not ${unseen.join(", ")})`;
}
