import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../cacheFolder.js";
import { buildOnce } from "../engine/buildOnce.js";
import { runGroup } from "../engine/runGroup.js";
import type { Python } from "./findPython.js";

export interface Environment {
  readonly python: Python;
  /** Its folder in the cache, and what begins the name of this one in it. */
  readonly name: string;
  readonly version: string;
  readonly requirements: readonly string[];
  /** The file with the exact version of everything that those need. */
  readonly constraints: string;
  readonly progress: (line: string) => void;
  /** Said before an installation. */
  readonly installing: string;
}

/** Installs packages of PyPI into a virtual environment in the cache folder, once, and returns that environment's Python. */
export async function virtualEnvironment(environment: Environment): Promise<Python> {
  const { python, name, version, requirements, constraints, progress, installing } = environment;
  const key = createHash("sha256")
    .update([python.path, ...requirements, readFileSync(constraints, "utf8")].join("\n"))
    .digest("hex")
    .slice(0, 12);
  const folder = join(cacheFolder(name), `${version}-${key}`);
  await buildOnce(folder, progress, async (draft) => {
    progress(installing);
    await runGroup(...python.run(python.path, ["-m", "venv", draft]), { timeout: 120_000 });
    const pip = ["-m", "pip", "install", "--quiet", "-c", constraints, ...requirements];
    await runGroup(...python.run(join(draft, "bin", "python"), pip), {
      timeout: 15 * 60_000,
      env: { PIP_DISABLE_PIP_VERSION_CHECK: "1" },
    });
  });
  return { path: join(folder, "bin", "python"), run: python.run };
}
