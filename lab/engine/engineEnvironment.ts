import { delimiter } from "node:path";
import { cacheFolder } from "../cacheFolder.js";
import type { Engine } from "./engine.js";

/**
 * The environment in which the engine runs: the engine and our plugins first on PATH, a home folder that is not the
 * user's `~/.pulumi`, and no calls home. `pluginFolder` is left out where the official plugins are to be installed.
 */
export function engineEnvironment(engine: Engine, pluginFolder?: string): Record<string, string> {
  const path = [engine.binFolder, pluginFolder, process.env.PATH].filter((part) => part !== undefined);
  return {
    PATH: path.join(delimiter),
    PULUMI_HOME: cacheFolder("pulumi-home"),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
    PULUMI_DISABLE_CI_DETECTION: "true",
    // The state is written when an operation has ended, not at each of its steps: it ends with the emulator that it tells of.
    PULUMI_SKIP_CHECKPOINTS: "true",
    // Its collector runs a quarter as often: a third of the CPU of a short run was the collector's.
    GOGC: "400",
    ...(pluginFolder === undefined ? {} : { PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true" }),
  };
}
