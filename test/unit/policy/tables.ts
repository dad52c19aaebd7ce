import { awsManagedPolicies, managedPoliciesReference } from "../../../src/policy/awsManagedPolicies.js";
import { freeInputs } from "../../../src/given/freeInputs.js";
import type { Rule } from "../../../src/policy/rule.js";
import { actionsOn, actionsReference } from "../../../src/policy/takeovers.js";
import { notInAProgram, packs } from "./packs.js";

/** The tables of docs/policy.md, from the rules' own data. */
export function tables(rules: readonly Rule[]): string {
  const packTables = (["awsConfig", "cdkNag"] as const).map((pack) => packTable(pack, rules));
  return [ruleTable(rules), freeTable(), actionTable(), managedTable(), ...packTables].join("\n\n");
}

/** What transforms may change of a component's resources. */
function freeTable(): string {
  const rows = Object.entries(freeInputs).map(([type, names]) => [
    type === "*" ? "every type" : `\`${type}\``,
    names.map((name) => `\`${name}\``).join(", "),
  ]);
  return [
    "## What a transform may change",
    "Of the resources of a component these inputs are its user's. Every other one is as the component gives it, or has what AWS and Pulumi fill in where it",
    "gives nothing: `component-as-given` and `component-nothing-added` see to that. The one exception is the image of a node, where no `imageId` is given: a newer one of Debian's is not taken by",
    "a node that runs, so that the image which is there may be any.",
    "",
    table(["Type", "Free inputs"], rows),
  ].join("\n");
}

/** Every action that AWS lists for what is a cache's, and what the rules make of it. */
function actionTable(): string {
  const { title, address, asOf } = actionsReference;
  const rows = actionsOn.flatMap(({ resource, refused, passed }) => [
    [resource, "refused", Object.values(refused).flat()] as const,
    ...Object.entries(passed).map(([why, actions]) => [resource, `let pass: ${why}`, actions] as const),
  ]);
  return [
    "## The actions that the policies go by",
    `All those that [${title}](${address}) lists for these kinds of resource, by two public copies of it, the newer of ${asOf}. A policy that allows a refused one`,
    "on what is a cache's is named by `cache-secret-readers`, `cache-key-users` or `cache-role-alone`.",
    "",
    table(
      ["Resource", "What the rules make of it", "Actions"],
      rows.map(([resource, answer, actions]) => [resource, answer, actions.map((one) => `\`${one}\``).join(", ")]),
    ),
  ].join("\n");
}

/** AWS's own policies that let somebody take over a cache. */
function managedTable(): string {
  const { title, address, version, asOf } = managedPoliciesReference;
  const what = {
    secret: "read or change each secret",
    key: "decrypt with each key, or open it",
    role: "take over each role",
    network: "change each node and its network, or sign in",
  };
  const by = { secret: "secret-readers", key: "key-users", role: "role-alone", network: "network-writers" };
  const rows = (["secret", "key", "role", "network"] as const).map((kind) => [
    what[kind],
    `\`cache-${by[kind]}\``,
    awsManagedPolicies[kind].map((name) => `\`${name}\``).join(", "),
  ]);
  return [
    "## AWS's own policies",
    `Those that let somebody take over what is a cache's, by the same actions as the program's own policies are judged by: of all in [${title}](${address}) ${version}, a public copy`,
    `of which the newest policy is of ${asOf}. Statements with a condition count where they pass a role to EC2 only; services' own roles are left out, as nobody can attach their policies. What AWS has changed or added since is not`,
    "known; AdministratorAccess is `iam-policy-no-admin-access`'s.",
    "",
    table(["Lets somebody", "Named by", "Policies"], rows),
  ].join("\n");
}

function ruleTable(rules: readonly Rule[]): string {
  const rows = rules.map(({ name, description, control, hipaa, remediation, note }) => [
    `\`${name}\``,
    [description, note].filter((text) => text !== undefined).join(" "),
    `\`${control}\``,
    hipaa.join(", "),
    remediation,
  ]);
  return `## The rules\n\n${table(["Rule", "What it asks", "Control", "45 CFR", "Way out"], rows)}`;
}

function packTable(pack: keyof typeof packs, rules: readonly Rule[]): string {
  const { title, rules: theirs } = packs[pack];
  const rows = theirs.map((name) => {
    const ours = rules.filter((rule) => rule[pack]?.includes(name)).map((rule) => `\`${rule.name}\``);
    return [`\`${name}\``, ours.length > 0 ? ours.join(", ") : `none. ${notInAProgram[name] ?? ""}`];
  });
  return `## ${title}\n\n${table(["Their rule", "Ours"], rows)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
