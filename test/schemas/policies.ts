import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../lab/stateFolder.js";
import type { Registered } from "../component/mocks.js";
import { ofAws, revealed, templateId } from "./template.js";

interface Policy {
  readonly Statement: readonly object[];
}

/** Every policy that a program gives AWS, by `<resource> <input>`. */
export function policiesOf(resources: readonly Registered[]): Readonly<Record<string, object>> {
  return Object.fromEntries(
    ofAws(resources).flatMap((resource) =>
      Object.entries(resource.inputs).flatMap(([input, value]) => {
        const policy = policyIn(input, revealed(value));
        if (policy === undefined) return [];
        return [[`${templateId(resource)} ${input}`, input === "assumeRolePolicy" ? ofRole(policy, resource) : policy]];
      }),
    ),
  );
}

/** The policy that an input is; an empty one, which takes a policy away, is none. */
function policyIn(input: string, value: unknown): Policy | undefined {
  if (/policy$/i.test(input)) {
    const policy = JSON.parse(value as string) as Partial<Policy>;
    return Object.keys(policy).length > 0 ? (policy as Policy) : undefined;
  }
  // One that is called otherwise, or lies deeper, must not go unseen.
  if (JSON.stringify(value).includes("Statement")) throw new Error(`A policy in ${input}, which is not called so.`);
  return undefined;
}

/** Who may be a role: it can't name a resource, which is the role; parliament looks no further where there is none. */
function ofRole(policy: Policy, { state }: Registered): Policy {
  return { ...policy, Statement: policy.Statement.map((one) => ({ ...one, Resource: state.arn })) };
}

/** A policy with every action that the documents name; `aws:` is for keys of conditions. */
export function documentedActions(): object {
  const docs = join(repositoryRoot, "docs");
  const pages = readdirSync(docs).filter((name) => name.endsWith(".md"));
  const texts = [join(repositoryRoot, "README.md"), ...pages.map((name) => join(docs, name))];
  const names = texts.flatMap(
    (file) => readFileSync(file, "utf8").match(/(?<![\w/-])(?!aws:)[a-z][a-z0-9-]*:[A-Z][A-Za-z]+\b/g) ?? [],
  );
  const Action = [...new Set(names)].sort();
  return { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] };
}
