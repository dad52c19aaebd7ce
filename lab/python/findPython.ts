import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { onThisMachine, toolRoot } from "../engine/toolRoot.js";
import type { Runner } from "../engine/toolRoot.js";

export interface Python {
  path: string;
  run: Runner;
}

/** A Python 3 of this machine that is new enough and can make a virtual environment, if there is one. */
export async function findPython(leastMinor: number): Promise<Python | undefined> {
  for (const candidate of ["python3.13", "python3.14", "python3", ...pyenvPythons()]) {
    const path = await usablePython(candidate, leastMinor);
    if (path !== undefined) return { path, run: onThisMachine };
  }
  return undefined;
}

/** The Python of the tool root, for machines that have none. */
export async function pythonOfToolRoot(progress: (line: string) => void): Promise<Python> {
  return { path: "/usr/bin/python3", run: await toolRoot(progress) };
}

/** Asks the candidate itself, since a pyenv shim may be there for a version that is not selected. */
async function usablePython(candidate: string, leastMinor: number): Promise<string | undefined> {
  const question = "import sys, venv, ensurepip; print(sys.version_info.minor); print(sys.executable)";
  const { stdout, failed } = await execa(candidate, ["-c", question], { reject: false, timeout: 20_000 });
  if (failed) return undefined;
  const [minor, executable] = stdout.split("\n");
  return Number(minor) >= leastMinor ? executable : undefined;
}

function pyenvPythons(): string[] {
  const versions = join(process.env.PYENV_ROOT ?? join(homedir(), ".pyenv"), "versions");
  try {
    return readdirSync(versions)
      .filter((name) => /^3\.\d+\.\d+$/.test(name))
      .map((name) => join(versions, name, "bin", "python3"));
  } catch {
    return [];
  }
}
