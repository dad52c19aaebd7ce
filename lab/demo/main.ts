import { constants } from "node:os";
import { onSignal } from "../onEnd.js";
import { runDemo } from "./demo.js";
import { down } from "./down.js";
import { helpText, readOptions, type DemoOptions } from "./options.mjs";
import { columnsOf } from "./layout.js";
import { reportOfEarlier } from "./record.js";
import { createdResources, report } from "./report.js";
import { StepDisplay } from "./steps.js";

const { options, problem } = readOptions(process.argv.slice(2));
if (problem !== undefined) {
  console.error(problem);
  process.exitCode = 1;
} else if (options.help) console.log(helpText());
else await (options.down ? takeDown() : demo(options));

async function takeDown(): Promise<void> {
  await down(console.log);
  console.log("Nothing of the demo is left running.");
  const folder = reportOfEarlier();
  if (folder !== undefined) console.log(`Its report stays: ${folder}`);
}

async function demo(chosen: DemoOptions): Promise<void> {
  const display = new StepDisplay(process.stdout);
  const interrupted = cleanUpOnSignals(display);
  try {
    const result = await runDemo(chosen, display);
    const created = createdResources(await result.quickstart.stack.exportStack());
    console.log(report(result, created, { columns: columnsOf(process.stdout), verbose: chosen.verbose }));
    const unsound = result.verifications.some(({ findings }) => findings.length > 0);
    const gotIn = result.attempts.some(({ results }) => results.some(({ refused }) => !refused));
    if (unsound || gotIn) process.exitCode = 1;
  } catch (error) {
    if (interrupted()) return;
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    console.error("Stopping: taking away what was made so far.");
    await down(console.error);
    process.exitCode = 1;
  }
}

/** Ctrl-C leaves nothing behind, and says at once that it does so. */
function cleanUpOnSignals(display: StepDisplay): () => boolean {
  let interrupted = false;
  onSignal(async (signal) => {
    interrupted = true;
    display.stop();
    console.error("Stopping: taking away the test hosts, the stack and LocalStack. This takes some seconds.");
    await down(console.error).catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      console.error("Something may be left. Run: npm run demo -- --down");
      process.exit(1);
    });
    console.error("Nothing of the demo is left running.");
    // As shells say which signal ended a program.
    process.exit(128 + constants.signals[signal]);
  });
  return () => interrupted;
}
