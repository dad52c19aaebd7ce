import { existsSync, readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { getProject, getStack, log, runtime } from "@pulumi/pulumi";
import { parse } from "yaml";
import { isByPassphrase, passphraseWarning, settingsFolder } from "../plan/stateSecrets";

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

/** The settings of a stack, where its project has them; nothing where they can't be read, as when a program of the Automation API runs. */
function stackSettings(folder: string, stack: string): unknown {
  const projectFile = findProject(folder);
  if (projectFile === undefined) return undefined;
  const name = `Pulumi.${stack}${extname(projectFile)}`;
  return read(join(dirname(projectFile), settingsFolder(read(projectFile)), name));
}

/** JSON is YAML as well. */
function read(file: string): unknown {
  try {
    return parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** In the order in which Pulumi looks for them (sdk/go/common/workspace/paths.go, encoding/marshal.go). */
const projectFiles = ["Pulumi.json", "Pulumi.yaml", "Pulumi.yml"];

/** The program runs in the project's folder, or in a folder of it (`main`). */
function findProject(folder: string): string | undefined {
  const found = projectFiles.map((name) => join(folder, name)).find((file) => existsSync(file));
  const parent = dirname(folder);
  return found ?? (parent === folder ? undefined : findProject(parent));
}
