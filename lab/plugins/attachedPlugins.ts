import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Socket } from "node:net";
import { programCommand } from "../programs/bundle.js";
import { countStart } from "../starts.js";

/** What the plugins read of their environment. */
export interface PluginEnvironment {
  readonly AWS_ENDPOINT_URL: string;
  readonly AWS_REGION: string;
}

const running = new Map<string, Promise<string>>();

/**
 * The environment in which the engine asks plugins that run already, instead of starting each of them again: a start, and code
 * that has not run yet, cost more CPU than what a stack of the tests asks of them. One process with all of them for each
 * environment; it ends with this one. `pluginFolder` has the same plugins as programs, as users' engines start theirs.
 */
export async function attachedPlugins(environment: PluginEnvironment): Promise<{ PULUMI_DEBUG_PROVIDERS: string }> {
  const key = JSON.stringify(environment);
  const ports = running.get(key) ?? start(environment);
  running.set(key, ports);
  return { PULUMI_DEBUG_PROVIDERS: await ports };
}

async function start(environment: PluginEnvironment): Promise<string> {
  const [file, ...args] = await programCommand("attached");
  const env = { ...process.env, ...environment };
  const plugins = spawn(file, args, { env, stdio: ["pipe", "pipe", "inherit"] });
  countStart("plugins");
  const [said] = (await Promise.race([once(plugins.stdout, "data"), once(plugins, "close")])) as [unknown];
  const ports = String(said).trim();
  if (!/^(\w+:\d+,?)+$/.test(ports)) throw new Error(`The plugins did not start: ${ports}`);
  // They shall not keep this process alive.
  plugins.unref();
  for (const stream of [plugins.stdin, plugins.stdout]) (stream as Socket).unref();
  return ports;
}
