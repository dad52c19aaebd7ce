import { join } from "node:path";
import { execa } from "execa";
import { findPython, pythonOfToolRoot, type Python } from "../python/findPython.js";
import { virtualEnvironment } from "../python/virtualEnvironment.js";

/** The last release that is made for OSCAL 1.1.3, as our documents are: 4.0 is made for 1.2. */
const version = "3.12.4";

/** The oldest Python that all of the constraints run on: Debian 12 has it. */
const leastPythonMinor = 11;

export interface Outcome {
  readonly exitCode: number | undefined;
  /** What was printed, on both outputs. */
  readonly said: string;
}

/** Runs compliance-trestle in a workspace of its own. */
export type Trestle = (...args: readonly string[]) => Promise<Outcome>;

/** Installs compliance-trestle, once, and begins a workspace in a folder that is there. */
export async function trestleWorkspace(folder: string, progress: (line: string) => void): Promise<Trestle> {
  const python = await installTrestle(progress);
  const trestle: Trestle = async (...args) => {
    const command = python.run(python.path, ["-m", "trestle", ...args, "--trestle-root", folder]);
    const { exitCode, all } = await execa(...command, { cwd: folder, all: true, reject: false });
    return { exitCode, said: all };
  };
  const { exitCode, said } = await trestle("init", "--local");
  if (exitCode !== 0) throw new Error(`trestle init failed: ${said}`);
  return trestle;
}

async function installTrestle(progress: (line: string) => void): Promise<Python> {
  return virtualEnvironment({
    python: (await findPython(leastPythonMinor)) ?? (await pythonOfToolRoot(progress)),
    name: "judges",
    version: `trestle-${version}`,
    requirements: [`compliance-trestle==${version}`],
    constraints: join(import.meta.dirname, "trestleConstraints.txt"),
    progress,
    installing: `installing compliance-trestle ${version} (once; about half a minute)`,
  });
}
