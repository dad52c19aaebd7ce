import { renameSync, writeFileSync } from "node:fs";
import { isAbsolute } from "node:path";
import { libraryName, libraryVersion } from "../evidence/library";
import type { StackResource } from "./resource";

/** What a run of the policy pack has judged: an auditor's proof that it ran, and of what. It holds no property of a resource. */
export interface PolicyRun {
  /** The version of this record's form. */
  readonly schemaVersion: 1;
  readonly kind: "policy-run";
  readonly tool: string;
  /** When it was last written, RFC 3339, UTC. */
  readonly date: string;
  /** Whether the run came to the rules that look at the whole stack: they are asked at its end. */
  readonly stackJudged: boolean;
  readonly outcome: "no violations" | "violations";
  readonly rules: readonly JudgedRule[];
  /** Rules that the engine did not ask: they are switched off in the pack's configuration. */
  readonly switchedOff: readonly string[];
  readonly resources: readonly SeenResource[];
  readonly violations: readonly Told[];
  /** What could not be judged yet, as in a preview. */
  readonly undecided: readonly Told[];
}

export interface JudgedRule {
  readonly name: string;
  /** As this library gives it. The pack's configuration may have lowered it, which the engine tells no policy. */
  readonly enforcementLevel: "mandatory" | "advisory";
  /** `stack` rules are asked at the end of a run, `resource` rules at each resource. */
  readonly scope: "resource" | "stack" | "both";
  /** How many times the engine asked it. */
  readonly asked: number;
}

interface SeenResource {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
}

interface Told {
  readonly rule: string;
  readonly urn: string;
  readonly message: string;
}

/** Takes note of a run, and keeps its file up to date: nobody tells a policy that the run has ended. */
export interface RunRecorder {
  readonly asked: (rule: string, resources: readonly StackResource[]) => void;
  readonly told: (rule: string, resource: StackResource, message: string) => void;
  /** A rule has judged what it was asked about. */
  readonly judged: (scope: "resource" | "stack") => void;
}

/** Where the record goes: an absolute path. Without it there is none. */
export const recordVariable = "HIPAA_REDIS_POLICY_RECORD";

/** @throws Error when the variable has no absolute path. */
export function runRecorder(rules: readonly Omit<JudgedRule, "asked">[], path: string | undefined): RunRecorder {
  if (path === undefined || path === "") return nobody;
  if (!isAbsolute(path))
    throw new Error(
      `${recordVariable}: got ${JSON.stringify(path)}. Give an absolute path: a pack runs in a folder of the engine's choice.`,
    );
  const counts = new Map<string, number>();
  const resources = new Map<string, SeenResource>();
  const told = new Map<string, Told>();
  let isNews = false;
  const write = (): void => {
    writeWhole(
      path,
      `${JSON.stringify(policyRun(rules, counts, [...resources.values()], [...told.values()]), null, 2)}\n`,
    );
    isNews = false;
  };
  return {
    asked: (rule, asked) => {
      counts.set(rule, (counts.get(rule) ?? 0) + 1);
      for (const { type, name, urn } of asked) {
        isNews ||= !resources.has(urn);
        resources.set(urn, { type, name, urn });
      }
    },
    told: (rule, { urn }, message) => {
      isNews = true;
      told.set([rule, urn, message].join("\n"), { rule, urn, message });
    },
    judged: (scope) => {
      if (isNews || scope === "stack") write();
    },
  };
}

const nobody: RunRecorder = { asked: () => undefined, told: () => undefined, judged: () => undefined };

function policyRun(
  rules: readonly Omit<JudgedRule, "asked">[],
  counts: ReadonlyMap<string, number>,
  resources: readonly SeenResource[],
  told: readonly Told[],
): PolicyRun {
  const judged = rules.map((rule) => ({ ...rule, asked: counts.get(rule.name) ?? 0 }));
  const stackJudged = judged.some(({ scope, asked }) => scope === "stack" && asked > 0);
  const isAdvice = ({ rule }: Told): boolean =>
    judged.some(({ name, enforcementLevel }) => name === rule && enforcementLevel === "advisory");
  const violations = told.filter((one) => !isAdvice(one));
  return {
    schemaVersion: 1,
    kind: "policy-run",
    tool: `${libraryName} ${libraryVersion()}`,
    date: new Date().toISOString(),
    stackJudged,
    outcome: violations.length > 0 ? "violations" : "no violations",
    rules: judged,
    switchedOff: judged
      .filter(({ scope, asked }) => asked === 0 && (scope !== "stack" || stackJudged))
      .map(({ name }) => name),
    resources,
    violations,
    undecided: told.filter(isAdvice),
  };
}

/** Whoever reads it finds the record of before or this one, and no half of it. */
function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}
