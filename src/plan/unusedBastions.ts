import type { CacheArguments } from "../arguments/cacheArguments";

/** What is said where bastion hosts are named and nobody may sign in from them; nothing elsewhere. */
export function unusedBastionsWarning(given: CacheArguments<unknown>): string | undefined {
  const { operators, bastionCidrBlocks = [], bastionSecurityGroupIds = {} } = given;
  const named = [
    ...(bastionCidrBlocks.length > 0 ? ["bastionCidrBlocks"] : []),
    ...(Object.keys(bastionSecurityGroupIds).length > 0 ? ["bastionSecurityGroupIds"] : []),
  ];
  if (operators.length > 0 || named.length === 0) return undefined;
  return (
    `${named.join(" and ")}: without effect, since operators is empty. Nothing listens on port 22, nobody can sign in, and so nobody can ` +
    "run `verify` on the hosts. Name the operators, or leave this out."
  );
}
