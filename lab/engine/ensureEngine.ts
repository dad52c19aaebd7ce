import { existsSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../cacheFolder.js";
import { buildEngine } from "./buildEngine.js";
import { buildOnce } from "./buildOnce.js";
import type { Engine } from "./engine.js";
import { countedEngine } from "./countedEngine.js";
import { fetchOfficialEngine } from "./fetchOfficialEngine.js";
import { assertEngineMatchesSdk, engineVersion } from "./versions.js";

/**
 * Gets the Pulumi engine: the one in the cache folder; else the official CLI, fetched by the npm package `pulumi`;
 * else one built from Pulumi's own Go modules. The last two happen once for each version.
 */
export async function ensureEngine(progress: (line: string) => void): Promise<Engine> {
  return countedEngine(await ensurePlainEngine(progress));
}

async function ensurePlainEngine(progress: (line: string) => void): Promise<Engine> {
  assertEngineMatchesSdk();
  const cached = cachedEngine("official") ?? cachedEngine("built");
  if (cached !== undefined) return cached;
  if (await fetchOfficial(progress)) return engineIn("official");
  await buildOnce(engineFolder("built"), progress, (draft) => buildEngine(draft, progress));
  return engineIn("built");
}

async function fetchOfficial(progress: (line: string) => void): Promise<boolean> {
  progress(`fetching the official Pulumi CLI ${engineVersion}`);
  try {
    await buildOnce(engineFolder("official"), progress, fetchOfficialEngine);
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    progress(`the official CLI cannot be fetched here (${reason}): building it from its Go modules instead`);
    return false;
  }
}

function cachedEngine(origin: Engine["origin"]): Engine | undefined {
  const engine = engineIn(origin);
  return existsSync(engine.pulumi) ? engine : undefined;
}

function engineIn(origin: Engine["origin"]): Engine {
  const binFolder = join(engineFolder(origin), "bin");
  return { pulumi: join(binFolder, "pulumi"), binFolder, origin };
}

function engineFolder(origin: Engine["origin"]): string {
  return join(cacheFolder("engine"), `${engineVersion}-${origin}-${process.arch}`);
}
