import { constants } from "node:os";
import { Command, Option } from "commander";
import { defaultTunnelEngine, tunnelEngines, type TunnelEngine } from "../../src/plan/tunnel.js";
import { onSignal } from "../onEnd.js";
import type { PluginChoice } from "../scenario/quickstart.js";
import { runDemo } from "./demo.js";
import { down } from "./down.js";
import { createdResources, report } from "./report.js";

const command = new Command("npm run demo --")
  .description("Deploys the quickstart to LocalStack, boots its hosts, uses the cache and tries to break in.")
  .addOption(
    new Option("--plugins <which>", "provider plugins: the lab's own, or the official ones, which are downloaded")
      .choices(["local", "official"])
      .default("local"),
  )
  .addOption(
    new Option("--tunnel <engine>", "the program that makes the tunnel on both hosts")
      .choices(tunnelEngines)
      .default(defaultTunnelEngine),
  )
  .option("--down", "take away what a demo has left running");

const options = command.parse().opts<{ plugins: PluginChoice; tunnel: TunnelEngine; down?: true }>();
await (options.down === true ? takeDown() : demo(options));

async function takeDown(): Promise<void> {
  await down(console.log);
  console.log("Nothing of the demo is left.");
}

async function demo({ plugins, tunnel }: typeof options): Promise<void> {
  const interrupted = cleanUpOnSignals();
  try {
    const result = await runDemo(plugins, tunnel);
    console.log(report(result, createdResources(await result.quickstart.stack.exportStack())));
    const unsound = result.verifications.some(({ findings }) => findings.length > 0);
    if (unsound || result.attacks.some(({ refused }) => !refused)) process.exitCode = 1;
  } catch (error) {
    if (interrupted()) return;
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    console.error("Taking away what was made so far.");
    await down(console.error);
    process.exitCode = 1;
  }
}

/** Ctrl-C leaves nothing behind. */
function cleanUpOnSignals(): () => boolean {
  let interrupted = false;
  onSignal(async (signal) => {
    interrupted = true;
    console.error("\nInterrupted: taking away what was made so far.");
    await down(console.error).catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
    // As shells say which signal ended a program.
    process.exit(128 + constants.signals[signal]);
  });
  return () => interrupted;
}
