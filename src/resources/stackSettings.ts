import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { getProject, getStack, log, runtime } from "@pulumi/pulumi";
import { parse } from "yaml";
import { isByPassphrase, passphraseWarning } from "../plan/stateSecrets";

const warned = new WeakSet();

/** In place of the stack, where there is none: mocks. */
const noStack = {};

/** Warns, once in each run of a program, where a passphrase alone keeps the stack's secrets. It only reads, and never fails. */
export function warnOfPassphrase(
  folder: string = process.cwd(),
  run: object = runtime.getStackResource() ?? noStack,
): void {
  if (warned.has(run)) return;
  warned.add(run);
  if (isByPassphrase(stackSettings(folder, getStack()))) void log.warn(passphraseWarning(getProject(), getStack()));
}

/** The settings of a stack, beside `Pulumi.yaml`; nothing where they can't be read, as when a program of the Automation API runs. */
function stackSettings(folder: string, stack: string): unknown {
  const root = projectFolder(folder);
  if (root === undefined) return undefined;
  try {
    return parse(readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8"));
  } catch {
    return undefined;
  }
}

/** The program runs in the project's folder, or in a folder of it (`main`). */
function projectFolder(folder: string): string | undefined {
  if (existsSync(join(folder, "Pulumi.yaml"))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : projectFolder(parent);
}
