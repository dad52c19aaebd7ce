import { awsManagedPolicies, managedPoliciesReference } from "../../../src/policy/awsManagedPolicies.js";
import { freeInputs } from "../../../src/given/freeInputs.js";
import type { Rule } from "../../../src/policy/rule.js";
import { actionsOn, actionsReference } from "../../../src/policy/takeovers.js";
import { notInAProgram, packs } from "./packs.js";

/** The sections of docs/policy.md that follow from the rules' own data. */
export function sections(rules: readonly Rule[]): string {
  return [
    "## The rules",
    ...rules.map(ruleSection),
    freeSection(),
    actionSection(),
    managedSection(),
    ...(["awsConfig", "cdkNag"] as const).map((pack) => packSection(pack, rules)),
  ].join("\n\n");
}

function ruleSection({ name, description, control, hipaa, remediation, note }: Rule): string {
  const asked = [description, note].filter((text) => text !== undefined).join(" ");
  return [
    `### \`${name}\``,
    wrapped(asked),
    [
      wrapped(`- **What to do**: ${remediation}`),
      wrapped(`- **Control**: \`${control}\``),
      wrapped(`- **45 CFR**: ${hipaa.join(", ")}`),
    ].join("\n"),
  ].join("\n\n");
}

/** What transforms may change of a component's resources. */
function freeSection(): string {
  return [
    "## What a transform may change",
    wrapped(
      [
        "A transform may change these inputs of a component's resources, and no others.",
        "Every other input is as the component gives it.",
        "Where the component gives nothing, it is what AWS and Pulumi fill in.",
        "The rules `component-as-given` and `component-nothing-added` hold that.",
      ].join(" "),
    ),
    wrapped(
      "One exception: without `imageId`, the resource that keeps the image of Debian's keeps the one that it has, so any image passes there.",
    ),
    Object.entries(freeInputs)
      .map(([type, names]) => wrapped(`- ${type === "*" ? "every type" : code(type)}: ${codes(names)}`))
      .join("\n"),
  ].join("\n\n");
}

/** Every action that AWS lists for what is a cache's, and what the rules make of it. */
function actionSection(): string {
  const { title, address, asOf } = actionsReference;
  return [
    "## The actions that the policies go by",
    wrapped(
      [
        `[${title}](${address}) lists these actions for secrets, keys and roles`,
        `(read from two public copies, the newer of ${asOf}).`,
        "A policy that allows a refused one on what is a cache's breaks",
        "`cache-secret-readers`, `cache-key-users` or `cache-role-alone`.",
      ].join(" "),
    ),
    ...actionsOn.flatMap(({ resource, refused, passed }) => [
      `### ${resource}`,
      [
        wrapped(`- **Refused**: ${codes(Object.values(refused).flat())}`),
        ...Object.entries(passed).map(([why, actions]) => wrapped(`- **Let pass** (${why}): ${codes(actions)}`)),
      ].join("\n"),
    ]),
  ].join("\n\n");
}

/** AWS's own policies that let somebody take over a cache. */
function managedSection(): string {
  const { title, address, version, asOf } = managedPoliciesReference;
  return [
    "## AWS's own policies",
    wrapped(
      [
        "These AWS managed policies let somebody take over a cache. The rules judge them by the same actions as a program's own.",
        `The list is from [${title}](${address}) ${version}, a public copy whose newest policy is of ${asOf}:`,
        "what AWS has changed or added since is not known.",
      ].join(" "),
    ),
    [
      wrapped("- A statement with a condition counts only where it passes a role to EC2."),
      wrapped("- Roles of AWS's services are left out, as nobody can attach their policies."),
      wrapped("- `AdministratorAccess` breaks `iam-policy-no-admin-access`."),
    ].join("\n"),
    ...(["secret", "key", "role", "network"] as const).flatMap((kind) => [
      `### ${takeovers[kind].can}`,
      wrapped(`They break \`${takeovers[kind].rule}\`: ${codes(awsManagedPolicies[kind])}`),
    ]),
  ].join("\n\n");
}

const takeovers = {
  secret: { can: "Read or change each secret", rule: "cache-secret-readers" },
  key: { can: "Decrypt with each key, or open it", rule: "cache-key-users" },
  role: { can: "Take over each role", rule: "cache-role-alone" },
  network: { can: "Change each node and its network, or sign in", rule: "cache-network-writers" },
};

function packSection(pack: keyof typeof packs, rules: readonly Rule[]): string {
  const { title, rules: theirs } = packs[pack];
  const answers = theirs.map((name) => ({ name, ours: rules.filter((rule) => rule[pack]?.includes(name)) }));
  const answered = answers.filter(({ ours }) => ours.length > 0);
  const without = answers.filter(({ ours }) => ours.length === 0);
  return [
    `## ${title}`,
    table(
      ["Their rule", "Ours"],
      answered.map(({ name, ours }) => [code(name), codes(ours.map((rule) => rule.name))]),
    ),
    ...(without.length === 0 ? [] : ["These have no counterpart:"]),
    ...[...new Set(without.map(({ name }) => notInAProgram[name] ?? ""))].map((why) => {
      const names = without.filter(({ name }) => (notInAProgram[name] ?? "") === why).map(({ name }) => name);
      return wrapped(`- ${codes(names)}. ${why}`);
    }),
  ].join("\n\n");
}

/** Lines of 120 characters at most where words allow that; those of a list's item are indented. */
function wrapped(text: string): string {
  const indent = text.startsWith("- ") ? "  " : "";
  const lines = text.split(" ").reduce<string[]>((done, word) => {
    const last = done.at(-1);
    if (last === undefined) return [word];
    if (last.length + 1 + word.length <= 120) return [...done.slice(0, -1), `${last} ${word}`];
    return [...done, indent + word];
  }, []);
  return lines.join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function codes(names: readonly string[]): string {
  return names.map(code).join(", ");
}

function code(name: string): string {
  return `\`${name}\``;
}
