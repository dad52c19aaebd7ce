import { constants } from "node:os";
import { onSignal } from "../onEnd.js";
import { runDemo } from "./demo.js";
import { down } from "./down.js";
import { helpText, readOptions, type DemoOptions } from "./options.mjs";
import { createdResources, report } from "./report.js";

const { options, problem } = readOptions(process.argv.slice(2));
if (problem !== undefined) {
  console.error(problem);
  process.exitCode = 1;
} else if (options.help) console.log(helpText());
else await (options.down ? takeDown() : demo(options));

async function takeDown(): Promise<void> {
  await down(console.log);
  console.log("Nothing of the demo is left.");
}

async function demo({ plugins, tunnel }: DemoOptions): Promise<void> {
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
