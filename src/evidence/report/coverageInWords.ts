import type { AwsAccount } from "../account";
import type { Coverage, HostShare, NamedShare, Share } from "../coverage";

/** What was looked at, and what was not: for the report's first page. */
export function coverageInWords(
  { automatic, attestations, nodes, clients, hosts, aws, since }: Coverage,
  account: AwsAccount,
  findings: number,
): string {
  const parts = [
    `${ofAll(automatic)} automatic checks`,
    ...(aws ? [] : [account.emulated ? "AWS not looked at (an emulated account)" : "AWS not looked at"]),
    `${ofAll(attestations)} attestations`,
    `${ofAll(nodes)} nodes${others(nodes)}`,
    `application hosts of ${ofAll(clients)} clients${others(clients)}`,
    ...hostsInWords(hosts),
  ].join("; ");
  const found = findings === 0 ? "no finding in what was looked at" : `controls that are not met: ${findings}`;
  if (since !== undefined) return `${parts}; ${found}; the oldest look is of ${since.slice(0, 10)}`;
  // A host that is no part of the cache may have findings all the same.
  return findings === 0 ? `designed; nothing verified: ${parts}` : `${parts}; ${found}`;
}

/** How many there are, the organisation has to say. */
function hostsInWords(hosts: readonly HostShare[]): string[] {
  const known = hosts.flatMap(({ client, seen, of }) => (of === undefined ? [] : [{ client, seen, of }]));
  const unknown = hosts.filter(({ of }) => of === undefined).map(({ client }) => client);
  const sum = (numbers: readonly number[]): number => numbers.reduce((one, other) => one + other, 0);
  const all = { seen: sum(known.map(({ seen }) => seen)), of: sum(known.map(({ of }) => of)) };
  const each = known.length < 2 ? "" : ` (${known.map((one) => `${one.client} ${ofAll(one)}`).join(", ")})`;
  return [
    ...(known.length === 0 ? [] : [`${ofAll(all)} application hosts${each}`]),
    ...(unknown.length === 0 ? [] : [`how many application hosts there are of ${unknown.join(", ")}, nobody has said`]),
  ];
}

function ofAll({ seen, of }: Share): string {
  return `${seen} of ${of}`;
}

/** Which were left out, where some were not. */
function others({ seen, unseen }: NamedShare): string {
  return seen === 0 || unseen.length === 0 ? "" : ` (not ${unseen.join(", ")})`;
}
