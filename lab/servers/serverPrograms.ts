import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { engineProgram, engines, engineVersions, type EngineVersion, type Served } from "../../src/plan/engine.js";
import { operatingSystems, type OperatingSystem } from "../../src/plan/operatingSystem.js";
import { debianRoot } from "../machines/debianRoot.js";
import { ensureDebianPackages } from "../prerequisites.js";

/** The programs of one version of one engine, as Debian packages them, for this machine whatever it runs itself. */
export interface ServerPrograms extends Served {
  /** Commands to which arguments are added. */
  readonly server: readonly [string, ...string[]];
  readonly client: readonly [string, ...string[]];
}

/**
 * From a root of the release that has this version, which is never booted nor entered: the programs run here, with the libraries of that
 * release. Built once in the cache folder.
 */
export async function serverPrograms(version: EngineVersion): Promise<ServerPrograms> {
  const { engine, operatingSystem } = servedBy(version);
  const root = await serverRoot(operatingSystem);
  const { server, client } = engineProgram(engine);
  const run = withLibraries(root);
  return { engine, operatingSystem, server: run(server), client: run(client) };
}

/** What this machine's own `redis-server` is, for what runs that one. */
export function ownServed(): Served {
  const told = execFileSync("redis-server", ["--version"], { encoding: "utf8" });
  const version = engineVersions.find((one) => one === `Redis ${/ v=(\d+\.\d+)\./.exec(told)?.[1] ?? ""}`);
  if (version === undefined) throw new Error(`This machine's Redis is none that Debian 12 or 13 has: ${told}`);
  return servedBy(version);
}

/** Which engine on which release a version is. */
function servedBy(version: EngineVersion): Served {
  for (const engine of engines)
    for (const operatingSystem of operatingSystems)
      if (engineProgram(engine).versions[operatingSystem] === version) return { engine, operatingSystem };
  throw new Error(`No release of Debian has ${version}.`);
}

async function serverRoot(operatingSystem: OperatingSystem): Promise<string> {
  await ensureDebianPackages(["mmdebstrap"]);
  const packages = engines
    .map(engineProgram)
    .flatMap(({ versions, packageName }) => (versions[operatingSystem] === undefined ? [] : [packageName]));
  // Nothing is configured: there are no accounts and no services of theirs.
  return debianRoot(
    operatingSystem,
    packages,
    (line) => {
      console.error(line);
    },
    "extract",
  );
}

/** The release's own loader takes its own libraries (ld.so(8)). */
function withLibraries(root: string): (program: string) => [string, ...string[]] {
  const folders = ["usr/lib", "lib", "usr/lib64", "lib64"].map((folder) => join(root, folder));
  const all = folders.flatMap((folder) => [folder, ...found(folder, /-linux-gnu$/)]);
  const loader = all.flatMap((folder) => found(folder, /^ld-linux-[a-z0-9-]+\.so\.\d$/)).at(0);
  if (loader === undefined) throw new Error(`${root} has no loader (ld-linux).`);
  return (program) => [loader, "--library-path", all.join(":"), join(root, "usr/bin", program)];
}

function found(folder: string, name: RegExp): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((entry) => name.test(entry))
    .map((entry) => join(folder, entry));
}
