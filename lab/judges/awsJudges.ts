import { join } from "node:path";
import { execa } from "execa";
import { findPython, pythonOfToolRoot, type Python } from "../python/findPython.js";
import { virtualEnvironment } from "../python/virtualEnvironment.js";

/** What AWS's own linter, and a judge of policies that has AWS's lists of actions and condition keys, are to look at. */
export interface Judged {
  /** Templates of CloudFormation, by a name. */
  readonly templates: Readonly<Record<string, object>>;
  /** Policies in IAM's form, by a name. */
  readonly policies: Readonly<Record<string, object>>;
}

export interface Finding {
  readonly judge: "cfn-lint" | "parliament";
  /** The name of the template or of the policy. */
  readonly subject: string;
  readonly rule: string;
  /** Where in the template: `Resources`, the resource, `Properties`, and the way to the value. */
  readonly path: readonly string[];
  readonly message: string;
}

const cfnLintVersion = "1.58.0";
const requirements = [`cfn-lint==${cfnLintVersion}`, "parliament==1.6.4", "setuptools==80.9.0"];

/** The oldest Python that all of constraints.txt runs on: Debian 12 has it. */
const leastPythonMinor = 11;

/** What cfn-lint (AWS's own, with its schemas) finds in the templates, and parliament in the policies. */
export async function findingsOfAws(judged: Judged, progress: (line: string) => void): Promise<readonly Finding[]> {
  const python = await installJudges(progress);
  const { stdout } = await execa(...python.run(python.path, [join(import.meta.dirname, "judge.py")]), {
    input: JSON.stringify(judged),
    env: { PYTHONWARNINGS: "ignore" },
  });
  return JSON.parse(stdout) as readonly Finding[];
}

async function installJudges(progress: (line: string) => void): Promise<Python> {
  return virtualEnvironment({
    python: (await findPython(leastPythonMinor)) ?? (await pythonOfToolRoot(progress)),
    name: "judges",
    version: cfnLintVersion,
    requirements,
    constraints: join(import.meta.dirname, "constraints.txt"),
    progress,
    installing: `installing cfn-lint ${cfnLintVersion} and parliament (once; about half a minute)`,
  });
}
