import { createHash } from "node:crypto";
import { readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../cacheFolder.js";
import { buildOnce } from "../engine/buildOnce.js";
import { repositoryRoot } from "../stateFolder.js";

/** Programs of the lab that are processes of their own. */
const programs = {
  aws: "plugins/aws/main.ts",
  random: "plugins/random/main.ts",
  tls: "plugins/tls/main.ts",
  attached: "plugins/attached.ts",
  forwarder: "hosts/services/forwarder.ts",
  internet: "hosts/services/internet.ts",
  vpcServices: "hosts/services/vpcServices.ts",
} as const;

export type Program = keyof typeof programs;

/**
 * The command that runs a program of the lab, on the very Node.js that runs us. They are bundled when the first is asked
 * for: a run starts plugins a hundred times, and to compile them at each start would cost a second of CPU.
 */
export async function programCommand(program: Program): Promise<[string, ...string[]]> {
  bundled ??= bundle();
  return [process.execPath, "--no-warnings", "--enable-source-maps", join(await bundled, `${program}.mjs`)];
}

let bundled: Promise<string> | undefined;

/** The folder of the bundle that is of these sources; it belongs to this checkout, whose files its source maps name. */
async function bundle(): Promise<string> {
  const bundles = cacheFolder("programs", hash([repositoryRoot]).slice(0, 12));
  const folder = join(bundles, hash([...sources(), process.version]).slice(0, 16));
  await buildOnce(folder, () => undefined, build);
  return folder;
}

async function build(outdir: string): Promise<void> {
  removeOldBundles(join(outdir, ".."));
  const esbuild = await import("esbuild");
  await esbuild.build({
    entryPoints: Object.fromEntries(
      Object.entries(programs).map(([name, file]) => [name, join(repositoryRoot, "lab", file)]),
    ),
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    // What is imported lazily stays so.
    splitting: true,
    format: "esm",
    platform: "node",
    // What a package has as modules can be imported lazily by name.
    mainFields: ["module", "main"],
    target: "node20",
    sourcemap: "linked",
    sourcesContent: false,
    logLevel: "error",
    // Packages in CommonJS that are bundled ask for Node's own modules by it.
    banner: {
      js: 'import { createRequire as forBundled } from "node:module"; const require = forBundled(import.meta.url);',
    },
  });
}

/** What decides what is in the bundle: a little more than what goes into it, so that nothing is forgotten. */
function sources(): string[] {
  const files = ["lab", "src"].flatMap((folder) =>
    readdirSync(join(repositoryRoot, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => join(folder, file)),
  );
  return [...files.sort(), "package-lock.json"].map(
    (file) => `${file}\n${readFileSync(join(repositoryRoot, file), "utf8")}`,
  );
}

/** Those of sources that have changed since; the newest stay, which a run that began before the change may be using. */
function removeOldBundles(bundles: string): void {
  const made = (name: string): number => statSync(join(bundles, name)).mtimeMs;
  const complete = readdirSync(bundles).filter((name) => /^[0-9a-f]{16}$/.test(name));
  for (const name of complete.sort((one, other) => made(other) - made(one)).slice(3)) {
    rmSync(join(bundles, name), { recursive: true, force: true });
  }
}

function hash(texts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(texts)).digest("hex");
}
