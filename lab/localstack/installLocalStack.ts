import { readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { cacheFolder } from "../cacheFolder.js";
import { buildOnce } from "../engine/buildOnce.js";
import { runGroup } from "../engine/runGroup.js";
import type { Python } from "./findPython.js";

/** The last release that runs without an account. */
export const localStackVersion = "4.14.0";

const constraints = join(import.meta.dirname, "constraints.txt");
const requirements = [
  `localstack-core[runtime]==${localStackVersion}`,
  `localstack==${localStackVersion}`,
  "service_identity==24.2.0",
];

/** Installs LocalStack into a virtual environment in the cache folder, once, and returns that environment's Python. */
export async function installLocalStack(python: Python, progress: (line: string) => void): Promise<Python> {
  const key = createHash("sha256")
    .update([python.path, ...requirements, readFileSync(constraints, "utf8")].join("\n"))
    .digest("hex")
    .slice(0, 12);
  const folder = join(cacheFolder("localstack"), `${localStackVersion}-${key}`);
  await buildOnce(folder, progress, async (draft) => {
    progress(`installing LocalStack ${localStackVersion} (once; about two minutes)`);
    await runGroup(...python.run(python.path, ["-m", "venv", draft]), { timeout: 120_000 });
    const pip = ["-m", "pip", "install", "--quiet", "-c", constraints, ...requirements];
    await runGroup(...python.run(join(draft, "bin", "python"), pip), {
      timeout: 15 * 60_000,
      env: { PIP_DISABLE_PIP_VERSION_CHECK: "1" },
    });
  });
  return { path: join(folder, "bin", "python"), run: python.run };
}
