import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { goTool } from "./goTool.js";
import type { GoTool } from "./goTool.js";
import { runGroup } from "./runGroup.js";
import { engineVersion, languageHostVersion } from "./versions.js";

const buildLimit = 45 * 60_000;

interface Program {
  name: string;
  module: string;
  version: string;
  package: string;
}

const programs: readonly Program[] = [
  {
    name: "pulumi",
    module: "github.com/pulumi/pulumi/pkg/v3",
    version: engineVersion,
    package: "cmd/pulumi",
  },
  {
    name: "pulumi-language-nodejs",
    module: "github.com/pulumi/pulumi/sdk/v3",
    version: languageHostVersion,
    package: "nodejs/cmd/pulumi-language-nodejs",
  },
];

/**
 * Builds the engine and the Node.js language host from their Go modules into `draft`/bin. The versions are pinned, and Go
 * checks every module against its checksum database.
 */
export async function buildEngine(draft: string, progress: (line: string) => void): Promise<void> {
  const go = await goTool(progress);
  mkdirSync(join(draft, "bin"), { recursive: true });
  for (const program of programs) {
    progress(`building ${program.name} ${program.version} from Go modules (once; the engine takes minutes)`);
    await build(program, draft, go);
  }
}

async function build(program: Program, draft: string, go: GoTool): Promise<void> {
  // `go install module@version` refuses a module whose go.mod has replace lines: a module of our own requires it instead.
  const folder = join(draft, `module-${program.name}`);
  mkdirSync(folder);
  writeFileSync(
    join(folder, "go.mod"),
    `module lab/${program.name}\n\ngo 1.25.11\n\nrequire ${program.module} v${program.version}\n`,
  );
  const version = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${engineVersion}`;
  const output = join(draft, "bin", program.name);
  const args = ["build", "-mod=mod", "-trimpath", "-ldflags", `-s -w ${version}`, "-o", output];
  await runGroup(...go.run("go", [...args, `${program.module}/${program.package}`]), {
    cwd: folder,
    env: go.env,
    timeout: buildLimit,
  });
  rmSync(folder, { recursive: true });
}
