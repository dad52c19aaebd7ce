import { join } from "node:path";
import type { Python } from "../python/findPython.js";
import { virtualEnvironment } from "../python/virtualEnvironment.js";

/** The last release that runs without an account. */
export const localStackVersion = "4.14.0";

/** The oldest Python with which LocalStack 4.14 answers for every service that we use: with 3.12 KMS does not. */
export const leastPythonMinor = 13;

const requirements = [
  `localstack-core[runtime]==${localStackVersion}`,
  `localstack==${localStackVersion}`,
  "service_identity==24.2.0",
];

/** Installs LocalStack into a virtual environment in the cache folder, once, and returns that environment's Python. */
export function installLocalStack(python: Python, progress: (line: string) => void): Promise<Python> {
  return virtualEnvironment({
    python,
    name: "localstack",
    version: localStackVersion,
    requirements,
    constraints: join(import.meta.dirname, "constraints.txt"),
    progress,
    installing: `installing LocalStack ${localStackVersion} (once; about two minutes)`,
  });
}
