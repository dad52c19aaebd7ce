import type { Rule } from "../../../src/policy/rule.js";
import { notInAProgram, packs } from "./packs.js";

/** The tables of docs/policy.md, from the rules' own data. */
export function tables(rules: readonly Rule[]): string {
  return [ruleTable(rules), ...(["awsConfig", "cdkNag"] as const).map((pack) => packTable(pack, rules))].join(
    "\n\n",
  );
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
